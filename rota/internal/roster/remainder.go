package roster

import (
	"math"
	"slices"
)

// A remainder is the part of a matrix that is not yet factored. Pivots are chosen so that little is
// filled in (Markowitz, Management Science 3, 1957): columns and rows of a single entry first, and then
// the shortest column, in the shortest row in which it is large enough.
type remainder struct {
	rows    []sparse
	columns [][]int32 // rows of each column
	gone    []bool    // columns that have had their pivot
	left    []int32   // the others, in no order
	single  []int32   // columns that once had a single entry
	alone   []int32   // rows that once had a single entry
	work    []float64
	in      []bool
}

// A sparse is a vector of few entries.
type sparse struct {
	index []int32
	value []float64
}

func (v *sparse) put(i int32, x float64) {
	v.index = append(v.index, i)
	v.value = append(v.value, x)
}

func (v *sparse) drop(n int) {
	last := len(v.index) - 1
	v.index[n], v.value[n] = v.index[last], v.value[last]
	v.index, v.value = v.index[:last], v.value[:last]
}

// at is the entry of i, or zero.
func (v *sparse) at(i int32) float64 {
	if n := slices.Index(v.index, i); n >= 0 {
		return v.value[n]
	}
	return 0
}

func (m *remainder) fill(rows int, columns []*variable) {
	if len(m.rows) != rows {
		m.rows, m.columns = make([]sparse, rows), make([][]int32, len(columns))
		m.gone, m.work, m.in = make([]bool, len(columns)), make([]float64, len(columns)), make([]bool, len(columns))
	}
	for r := range m.rows {
		m.rows[r].index, m.rows[r].value = m.rows[r].index[:0], m.rows[r].value[:0]
	}
	m.left, m.single, m.alone = m.left[:0], m.single[:0], m.alone[:0]
	for c, v := range columns {
		m.columns[c] = append(m.columns[c][:0], v.cells...)
		m.gone[c] = false
		m.left = append(m.left, int32(c))
		for _, r := range v.cells {
			m.rows[r].put(int32(c), v.sign)
		}
		if len(v.cells) == 1 {
			m.single = append(m.single, int32(c))
		}
	}
	for r := range m.rows {
		if len(m.rows[r].index) == 1 {
			m.alone = append(m.alone, int32(r))
		}
	}
}

// pivot chooses the next pivot; the column is out where none is left.
func (m *remainder) pivot() (column, row int32) {
	for len(m.single) > 0 {
		c := m.single[len(m.single)-1]
		m.single = m.single[:len(m.single)-1]
		if !m.gone[c] && len(m.columns[c]) == 1 && math.Abs(m.rows[m.columns[c][0]].at(c)) > tooSmall {
			return c, m.columns[c][0]
		}
	}
	for len(m.alone) > 0 {
		r := m.alone[len(m.alone)-1]
		m.alone = m.alone[:len(m.alone)-1]
		if len(m.rows[r].index) == 1 && m.large(m.rows[r].index[0], m.rows[r].value[0]) {
			return m.rows[r].index[0], r
		}
	}
	for {
		c := m.shortest()
		if c == out {
			return out, out
		}
		if r := m.rowFor(c); r != out {
			return c, r
		}
		m.gone[c] = true // it depends on those before
		for _, r := range m.columns[c] {
			m.rows[r].drop(slices.Index(m.rows[r].index, c))
		}
	}
}

// tooSmall is a pivot that is but an error of rounding.
const tooSmall = 1e-7

// large says whether an entry may be a pivot beside the others of its column.
func (m *remainder) large(c int32, x float64) bool {
	most := tooSmall
	for _, r := range m.columns[c] {
		most = max(most, 0.1*math.Abs(m.rows[r].at(c)))
	}
	return math.Abs(x) >= most
}

// shortest is the column with the fewest entries.
func (m *remainder) shortest() int32 {
	best, length := int32(out), math.MaxInt
	kept := m.left[:0]
	for _, c := range m.left {
		if m.gone[c] {
			continue
		}
		kept = append(kept, c)
		if n := len(m.columns[c]); n < length {
			best, length = c, n
		}
	}
	m.left = kept
	return best
}

// rowFor is the shortest row in which the column is large enough, or out.
func (m *remainder) rowFor(c int32) int32 {
	most := 0.0
	for _, r := range m.columns[c] {
		most = max(most, math.Abs(m.rows[r].at(c)))
	}
	if most < tooSmall {
		return out
	}
	best := int32(out)
	for _, r := range m.columns[c] {
		shorter := best == out || len(m.rows[r].index) < len(m.rows[best].index)
		if shorter && math.Abs(m.rows[r].at(c)) >= 0.1*most {
			best = r
		}
	}
	return best
}

// eliminate takes a row and a column away: what the other rows lose of it goes to lower, what is left
// of the row, by columns, to upper.
func (m *remainder) eliminate(r, c int32, lower, upper *triangle) (pivot float64) {
	row := &m.rows[r]
	pivot = row.at(c)
	for n, k := range row.index {
		m.remove(k, r)
		if k != c {
			m.work[k] = row.value[n]
			upper.put(k, row.value[n])
		}
	}
	upper.end()
	m.gone[c] = true
	for _, i := range m.columns[c] {
		times := m.rows[i].at(c) / pivot
		lower.put(i, times)
		m.subtract(i, c, row, times)
	}
	lower.end()
	for _, k := range row.index {
		m.work[k] = 0
	}
	row.index, row.value = row.index[:0], row.value[:0]
	return pivot
}

// remove takes a row out of a column.
func (m *remainder) remove(c, r int32) {
	column := m.columns[c]
	n := slices.Index(column, r)
	column[n] = column[len(column)-1]
	m.columns[c] = column[:len(column)-1]
	if len(m.columns[c]) == 1 {
		m.single = append(m.single, c)
	}
}

// subtract takes so many times the pivot's row, which stands in work, from row i.
func (m *remainder) subtract(i, c int32, pivot *sparse, times float64) {
	row := &m.rows[i]
	for n := 0; n < len(row.index); n++ {
		k := row.index[n]
		if k == c {
			row.drop(n)
			n--
			continue
		}
		if m.work[k] == 0 {
			continue
		}
		m.in[k] = true
		row.value[n] -= times * m.work[k]
		if math.Abs(row.value[n]) < 1e-11 {
			m.remove(k, i)
			row.drop(n)
			n--
		}
	}
	for _, k := range pivot.index {
		if k != c && !m.in[k] {
			row.put(k, -times*m.work[k])
			m.columns[k] = append(m.columns[k], i)
		}
		m.in[k] = false
	}
	if len(row.index) == 1 {
		m.alone = append(m.alone, i)
	}
}

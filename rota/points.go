package rota

import (
	"fmt"
	"strconv"
	"strings"
)

// Points say how heavy a duty is, in millionths of a point: fine enough that a fair share of one
// duty among forty people adds up over years without a visible rounding error.
type Points int64

// Point is one whole point.
const Point Points = 1_000_000

// ParsePoints reads a number of points such as "1", "0.5" or "2.25".
func ParsePoints(s string) (Points, error) {
	f, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || !(f >= 0 && f <= 1000) { // NaN is neither
		return 0, fmt.Errorf("%q is not a number of points from 0 to 1000, like 1.5", s)
	}
	return PointsOf(f), nil
}

// PointsOf turns a number as people write it, 1.5, into Points.
func PointsOf(f float64) Points {
	if f < 0 {
		return -PointsOf(-f)
	}
	return Points(f*float64(Point) + 0.5)
}

// Float gives the number as people write it; for display and JSON, never for sums.
func (p Points) Float() float64 { return float64(p) / float64(Point) }

// String gives at most two decimals, without trailing zeros: "3", "1.5", "-0.33".
func (p Points) String() string {
	s := strconv.FormatFloat(p.Float(), 'f', 2, 64)
	s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// MarshalJSON writes a plain number: 1.5.
func (p Points) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, p.Float(), 'f', -1, 64), nil
}

// UnmarshalJSON reads a plain number.
func (p *Points) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil {
		return fmt.Errorf("read points %s: %w", b, err)
	}
	*p = PointsOf(f)
	return nil
}

// Category is the kind of burden that points are counted under. Categories are ordered from the
// lightest on-call day to the heaviest; meetings and responsibilities stand after them.
type Category int

// The categories of the fairness ledger.
const (
	Weekday Category = iota
	Weekend
	BankHoliday
	Festive
	Meeting
	Responsibility
	numCategories
)

// OnCallCategories are the categories a day on call can have, lightest first.
var OnCallCategories = [...]Category{Weekday, Weekend, BankHoliday, Festive}

var categoryNames = [numCategories]string{
	"weekday", "weekend", "bank_holiday", "festive", "meeting", "responsibility",
}

// String gives the name used in config.toml and in JSON: "bank_holiday".
func (c Category) String() string { return categoryNames[c] }

// Title gives the name for people: "bank holiday".
func (c Category) Title() string { return strings.ReplaceAll(c.String(), "_", " ") }

// ParseCategory reads what String writes.
func ParseCategory(s string) (Category, error) {
	for c, name := range categoryNames {
		if s == name {
			return Category(c), nil
		}
	}
	return 0, fmt.Errorf("%q is not a category: use one of %s", s, strings.Join(categoryNames[:], ", "))
}

// MarshalText writes the name.
func (c Category) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the name.
func (c *Category) UnmarshalText(b []byte) error {
	parsed, err := ParseCategory(string(b))
	*c = parsed
	return err
}

// Load is an amount of points in each category, indexed by Category.
type Load [numCategories]Points

// Total adds up the categories.
func (l Load) Total() Points {
	var sum Points
	for _, p := range l {
		sum += p
	}
	return sum
}

// Plus gives l + o, category by category.
func (l Load) Plus(o Load) Load {
	for c := range l {
		l[c] += o[c]
	}
	return l
}

// Minus gives l - o, category by category.
func (l Load) Minus(o Load) Load {
	for c := range l {
		l[c] -= o[c]
	}
	return l
}

// Heaviest gives the heaviest category in which l has points, and Weekday where it has none.
func (l Load) Heaviest() Category {
	for c := len(OnCallCategories) - 1; c >= 0; c-- {
		if l[c] != 0 {
			return Category(c)
		}
	}
	for c := Meeting; c < numCategories; c++ {
		if l[c] != 0 {
			return c
		}
	}
	return Weekday
}

// MarshalJSON writes the categories that have points, in order: {"weekday":1,"weekend":4}.
func (l Load) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for c, p := range l {
		if p == 0 {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		number, _ := p.MarshalJSON()
		fmt.Fprintf(&b, "%q:%s", Category(c), number)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

package cli

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

func people80() *table {
	t := newTable(col("id"), name("name"), wide("role"), number("wte"), text("note"))
	t.row("L01", "Dr Aoife Kowalski", "Clinical Director", "0.8", "new")
	t.row("L02", "Dr Benedict\nSt. John, Jr", "Digital and transformation lead", "1", "from 3 May 2027, registration to 27 February 2029")
	t.row("L03", "Zoë 👩‍⚕️ 山田", "", "0.25", "")
	return t
}

func TestTableFitsThePage(t *testing.T) {
	for _, page := range []int{120, 80, 60, 40} {
		var b strings.Builder
		people80().write(&b, page, false)
		for line := range strings.Lines(b.String()) {
			if w := uniseg.StringWidth(strings.TrimRight(line, "\n")); w > page && page >= 60 {
				t.Errorf("%d columns on a page of %d: %s", w, page, line)
			}
			if strings.HasSuffix(line, " \n") {
				t.Errorf("blanks at the end of %q", line)
			}
		}
	}
}

func TestTableCutsWhatMattersLessFirst(t *testing.T) {
	var b strings.Builder
	people80().write(&b, 80, false)
	const want = `
ID   NAME                      ROLE                    WTE  NOTE
L01  Dr Aoife Kowalski         Clinical Director       0.8  new
L02  Dr Benedict St. John, Jr  Digital and transfor…     1  from 3 May 2027,
                                                            registration to 27
                                                            February 2029
L03  Zoë 👩‍⚕️ 山田                                      0.25
`
	if got := "\n" + b.String(); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestTableIsNotCutWhereNobodyLooks(t *testing.T) {
	var b strings.Builder
	people80().write(&b, endless, false)
	const want = `
ID   NAME                      ROLE                              WTE  NOTE
L01  Dr Aoife Kowalski         Clinical Director                 0.8  new
L02  Dr Benedict St. John, Jr  Digital and transformation lead     1  from 3 May 2027,
                                                                      registration to 27
                                                                      February 2029
L03  Zoë 👩‍⚕️ 山田                                                0.25
`
	if got := "\n" + b.String(); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestColourTakesNoRoom(t *testing.T) {
	plain, painted := new(strings.Builder), new(strings.Builder)
	people80().write(plain, 80, false)
	people80().write(painted, 80, true)
	bare := strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(painted.String())
	if bare == painted.String() {
		t.Error("no colour on a terminal")
	}
	if bare != plain.String() {
		t.Errorf("got\n%swant\n%s", bare, plain)
	}
}

func TestCSVHoldsNoFormulas(t *testing.T) {
	var b strings.Builder
	if err := writeCSV(&b, [][]string{{"=1+1", "@SUM(A1)", "+44 7700 900100", "-", "plain"}}); err != nil {
		t.Fatal(err)
	}
	if want := "'=1+1,'@SUM(A1),+44 7700 900100,-,plain\n"; b.String() != want {
		t.Errorf("got %s want %s", b.String(), want)
	}
}

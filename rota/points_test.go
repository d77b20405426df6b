package rota_test

import (
	"encoding/json"
	"testing"

	"pcnrota/rota"
)

func TestPointsArePrintedShort(t *testing.T) {
	for points, want := range map[rota.Points]string{
		0: "0", rota.Point: "1", 10 * rota.Point: "10", 3 * rota.Point / 2: "1.5", rota.Point / 4: "0.25", rota.Point / 3: "0.33",
		-rota.Point / 3: "-0.33", -2 * rota.Point: "-2", -1: "0", 1: "0", 4_999: "0", 999_999: "1", 100 * rota.Point: "100",
	} {
		if got := points.String(); got != want {
			t.Errorf("%d millionths are %q, want %q", int64(points), got, want)
		}
	}
}

func TestParsePoints(t *testing.T) {
	for s, want := range map[string]rota.Points{
		"1": rota.Point, "0": 0, " 0.5 ": rota.Point / 2, "2.25": 9 * rota.Point / 4, "1000": 1000 * rota.Point, "0.000001": 1, "1.0000004": rota.Point,
	} {
		if got, err := rota.ParsePoints(s); err != nil || got != want {
			t.Errorf("ParsePoints(%q) = %d, %v, want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", "one", "-1", "1001", "1,5", "NaN", "Inf", "1 2"} {
		if got, err := rota.ParsePoints(s); err == nil {
			t.Errorf("ParsePoints(%q) = %d, want an error", s, int64(got))
		}
	}
}

func TestPointsAreExactInJSON(t *testing.T) {
	for _, p := range []rota.Points{0, 1, -1, rota.Point / 3, -rota.Point / 7, 1234567890123, rota.Point} {
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back rota.Points
		if err := json.Unmarshal(text, &back); err != nil || back != p {
			t.Errorf("%d is %s in JSON and read back as %d, %v", int64(p), text, int64(back), err)
		}
	}
}

func TestLoads(t *testing.T) {
	a := rota.Load{rota.Weekday: rota.Point, rota.Weekend: 4 * rota.Point}
	b := rota.Load{rota.Weekday: rota.Point / 2, rota.Festive: rota.Point}
	if got := a.Plus(b).Minus(b); got != a {
		t.Errorf("a + b - b is %v", got)
	}
	if got := a.Plus(b).Total(); got != 13*rota.Point/2 {
		t.Errorf("the total is %s", got)
	}
	if text, err := json.Marshal(a); err != nil || string(text) != `{"weekday":1,"weekend":4}` {
		t.Errorf("in JSON it is %s, %v", text, err)
	}
	if text, err := json.Marshal(rota.Load{}); err != nil || string(text) != `{}` {
		t.Errorf("nothing is %s in JSON, %v", text, err)
	}
}

func TestHeaviestCategory(t *testing.T) {
	tests := []struct {
		load rota.Load
		want rota.Category
	}{
		{rota.Load{}, rota.Weekday},
		{rota.Load{rota.Weekday: 5, rota.Weekend: 1}, rota.Weekend},
		{rota.Load{rota.Festive: 1, rota.BankHoliday: 1}, rota.Festive},
		{rota.Load{rota.Meeting: 1}, rota.Meeting},
		{rota.Load{rota.Meeting: 1, rota.Weekday: 1}, rota.Weekday},
	}
	for _, tt := range tests {
		if got := tt.load.Heaviest(); got != tt.want {
			t.Errorf("the heaviest of %v is %s, want %s", tt.load, got, tt.want)
		}
	}
}

func TestCategoriesAreReadAsWritten(t *testing.T) {
	for c := rota.Weekday; c <= rota.Responsibility; c++ {
		if got, err := rota.ParseCategory(c.String()); err != nil || got != c {
			t.Errorf("%s is read as %s, %v", c, got, err)
		}
	}
	if _, err := rota.ParseCategory("holiday"); err == nil {
		t.Error("holiday is read as a category")
	}
	if got := rota.BankHoliday.Title(); got != "bank holiday" {
		t.Errorf("for people it is %q", got)
	}
}

// FuzzParsePoints holds that points in range survive JSON to the last millionth, and that what String
// prints is read as the same number to two decimals.
func FuzzParsePoints(f *testing.F) {
	for _, s := range []string{"1.5", "0.333333", "1000", "NaN", "1e2", "0x1p4", "-0", "999.999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := rota.ParsePoints(s)
		if err != nil {
			return
		}
		if p < 0 || p > 1000*rota.Point {
			t.Fatalf("%q is read as %d, which is out of range", s, int64(p))
		}
		var back rota.Points
		if text, err := json.Marshal(p); err != nil || json.Unmarshal(text, &back) != nil || back != p {
			t.Errorf("%d comes back from JSON as %d", int64(p), int64(back))
		}
		shown, err := rota.ParsePoints(p.String())
		if off := shown - p; err != nil || max(off, -off) > rota.Point/200 {
			t.Errorf("%d is shown as %s", int64(p), p)
		}
	})
}

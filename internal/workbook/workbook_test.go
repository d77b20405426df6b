package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"pcnrota/rota"
)

func sample() Book {
	day := rota.Date{Year: 2028, Month: time.February, Day: 29}
	return Book{
		Title: "Hours & <duties>", Author: "pcnrota", Made: time.Date(2028, 3, 1, 9, 0, 0, 0, time.UTC),
		Sheets: []Sheet{
			{
				Name: "Hours", Columns: []string{"Leader", "Duties", "Hours", "Day", "Start"},
				Rows: [][]Cell{
					{Text(`=HYPERLINK("http://example.org")`), Count(3), Number(40.5), day, day.At(18*60 + 30)},
					{Text("+44 cmd"), Count(0), Number(1.0 / 3), nil, nil},
					{Text("-2+3"), nil, nil, nil, nil},
					{Text("@SUM(A1)"), nil, nil, nil, nil},
				},
				Totals: []Cell{Text("total"), Count(3), Number(40.5 + 1.0/3)},
			},
			{Name: "Duties", Columns: []string{"Start"}},
		},
	}
}

// cell is a cell as the file has it.
type cell struct {
	At    string `xml:"r,attr"`
	Type  string `xml:"t,attr"`
	Style string `xml:"s,attr"`
	Run   string `xml:"f"`
	Value string `xml:"v"`
}

// unpack reads the workbook with nothing of what wrote it.
func unpack(t *testing.T, b Book) (raw []byte, files map[string][]byte) {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes(), files
}

func parse(t *testing.T, data []byte, into any) {
	t.Helper()
	if err := xml.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func TestCellsAreTypedAndNothingRuns(t *testing.T) {
	_, files := unpack(t, sample())
	var words struct {
		Text []string `xml:"si>t"`
	}
	parse(t, files["xl/sharedStrings.xml"], &words)
	var s struct {
		Pane struct {
			Rows  int    `xml:"ySplit,attr"`
			State string `xml:"state,attr"`
		} `xml:"sheetViews>sheetView>pane"`
		Cells []cell `xml:"sheetData>row>c"`
	}
	parse(t, files["xl/worksheets/sheet1.xml"], &s)
	if s.Pane.Rows != 1 || s.Pane.State != "frozen" {
		t.Errorf("the headings are not frozen: %+v", s.Pane)
	}
	got := map[string]string{}
	for _, c := range s.Cells {
		if c.Run != "" {
			t.Errorf("%s is a formula: %s", c.At, c.Run)
		}
		got[c.At] = c.Value
		if c.Type == "s" {
			n, err := strconv.Atoi(c.Value)
			if err != nil {
				t.Fatal(err)
			}
			got[c.At] = "text " + words.Text[n]
		}
	}
	// 29 February 2028 is day 46812 of Excel's calendar; 18:30 is 0.770833 of it.
	for at, want := range map[string]string{
		"A1": "text Leader", "A2": `text =HYPERLINK("http://example.org")`, "A3": "text +44 cmd", "A4": "text -2+3", "A5": "text @SUM(A1)",
		"B2": "3", "C2": "40.5", "D2": "46812", "A6": "text total", "B6": "3",
	} {
		if got[at] != want {
			t.Errorf("%s holds %q, want %q", at, got[at], want)
		}
	}
	if !strings.HasPrefix(got["E2"], "46812.7708333") {
		t.Errorf("the moment is %s", got["E2"])
	}
	if !bytes.Contains(files["docProps/core.xml"], []byte("2028-03-01T09:00:00Z")) || !bytes.Contains(files["docProps/core.xml"], []byte("Hours &amp; &lt;duties&gt;")) {
		t.Errorf("properties: %s", files["docProps/core.xml"])
	}
}

func TestSameTablesSameBytes(t *testing.T) {
	first, _ := unpack(t, sample())
	for range 5 {
		if again, _ := unpack(t, sample()); !bytes.Equal(first, again) {
			t.Fatal("the bytes differ")
		}
	}
}

func TestWriteRefusesWhatIsNoCell(t *testing.T) {
	b := sample()
	b.Sheets[0].Rows[0][0] = time.Now()
	if err := Write(io.Discard, b); err == nil || !strings.Contains(err.Error(), "a cell cannot hold a time.Time") {
		t.Errorf("got %v", err)
	}
}

package paper

import (
	"bytes"
	"strings"
	"testing"
)

func sample() Rota {
	return Rota{
		PCN: "Marsh & Mill PCN", Title: "On call", Version: "Version 3, published Mon 4 Jan 2027 12:00", Printed: "Printed Tue 5 Jan 2027 09:00",
		Tiers: []Tier{{"First"}, {"Second"}},
		Months: []Month{{Name: "March 2027", Shifts: []Shift{
			{Day: "Mon 29 Mar", Times: "08:00 to Tue 08:00", Monday: true, Special: []string{"Easter Monday (bank holiday)"}, Cells: []Cell{
				{[]Holder{{Name: "<b>Ada</b> Obi", Phone: "07700 900101", When: "08:00 to 22:00"}, {Name: "Bo Chen", When: "22:00 to 08:00"}}},
				{[]Holder{{Name: "NOBODY", Open: true}}},
			}},
			{Day: "Tue 30 Mar", Times: "18:30 to Wed 08:00", Cells: []Cell{{[]Holder{{Name: "Bo Chen"}}}, {}}},
		}}},
	}
}

func TestPageSaysEverythingInWords(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, sample()); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{
		"<title>Marsh &amp; Mill PCN: On call</title>",
		"<caption><span>Marsh &amp; Mill PCN</span> On call, March 2027</caption>",
		`<th scope="col">Second</th>`,
		`<tr class="monday"><th scope="row">Mon 29 Mar</th><td class="times">08:00 to Tue 08:00</td>`,
		`<td>&lt;b&gt;Ada&lt;/b&gt; Obi <span class="phone">07700 900101</span> <span class="when">08:00 to 22:00</span><br>Bo Chen <span class="when">22:00 to 08:00</span></td>`,
		`<td><strong class="open">NOBODY</strong></td>`,
		`<td class="special">Easter Monday (bank holiday)</td>`,
		`<span class="when">not needed</span>`,
		`<td colspan="3">Version 3, published Mon 4 Jan 2027 12:00</td><td colspan="2" class="right">Printed Tue 5 Jan 2027 09:00</td>`,
		"@page { size: A4 landscape;",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, never := range []string{"<script", "http:", "https:", "url(", "@import", "ZgotmplZ"} {
		if strings.Contains(page, never) {
			t.Errorf("the page contains %s: it must need nothing else", never)
		}
	}
}

func TestSameRotaSameBytes(t *testing.T) {
	var first, second bytes.Buffer
	if err := Write(&first, sample()); err != nil {
		t.Fatal(err)
	}
	if err := Write(&second, sample()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the bytes differ")
	}
}

package paper

import (
	"bytes"
	"strings"
	"testing"
)

func TestJobPlansAreASheetEach(t *testing.T) {
	plans := JobPlans{PCN: "Marsh & Mill PCN", Period: "1 April 2027 to 31 March 2028", Printed: "Printed Tue 5 Jan 2027 09:00", Plans: []JobPlan{
		{
			Name: "<b>Ada</b> Obi", Roles: "Clinical Director", Post: "0.6 of a whole-time post", Total: []string{"120", "118.5", "30", "31", "-1"},
			Work:  []Work{{"On call", []WorkLine{{"First on call", []string{"10", "120", "118.5", "30", "31", "-1"}}}, []string{"10", "120", "118.5", "30", "31", "-1"}}},
			Notes: []string{"A week, on average: 2.3 hours on call."},
		},
		{Name: "Bo Chen", Post: "1 of a whole-time post", Total: []string{"-", "-", "0", "0", "0"}},
	}}
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := WriteJobPlans(b, plans); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the bytes differ")
	}
	page := first.String()
	for _, want := range []string{
		"<title>Marsh &amp; Mill PCN: job plans, 1 April 2027 to 31 March 2028</title>",
		"<h2>&lt;b&gt;Ada&lt;/b&gt; Obi</h2>",
		"Clinical Director; 0.6 of a whole-time post",
		`<tr class="group"><th scope="rowgroup">On call</th><td>10</td>`,
		`<tr><th scope="row">First on call</th><td>10</td><td>120</td><td>118.5</td><td>30</td><td>31</td><td>-1</td></tr>`,
		`<p class="note">A week, on average: 2.3 hours on call.</p>`,
		"@page { size: A4 portrait;",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if sheets := strings.Count(page, "<article>"); sheets != 2 {
		t.Errorf("%d sheets", sheets)
	}
	for _, never := range []string{"<script", "http:", "https:", "url(", "@import", "ZgotmplZ"} {
		if strings.Contains(page, never) {
			t.Errorf("the page contains %s: it must need nothing else", never)
		}
	}
}

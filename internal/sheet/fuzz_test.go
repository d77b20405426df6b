package sheet

import (
	"strings"
	"testing"

	"pcnrota/rota"
)

// FuzzLeaders checks that any bytes give either faults, each with a problem, in order, or rows that can be
// stored as they are: named, told apart by ID, with a share, one line a cell.
func FuzzLeaders(f *testing.F) {
	f.Add([]byte("id,name,wte,starts\nL01,Ann Lee,0.8,04/01/2027\n"))
	f.Add([]byte("\xEF\xBB\xBFStaff ID;Full Name;Reg no\r\nL01;\"Zo\xC3\xAB, Jr\";1\r\n;;\r\n"))
	f.Add([]byte("\xFF\xFEi\x00d\x00\t\x00n\x00a\x00m\x00e\x00\n\x00"))
	f.Add([]byte("sep=;\nid;name\n\"L01;x\n"))
	f.Add([]byte("id,name,practice,employment\nL1,M\xFCller,Mill Lane Surgery,partner,x\n"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		leaders, err := Leaders("f.csv", data, practices)
		Ignored(LeaderFile, data)
		if err == nil {
			checkLeaders(t, leaders)
			return
		}
		faults, ok := err.(Faults)
		if !ok || len(faults) == 0 || leaders != nil {
			t.Fatalf("got %d leaders and error %#v", len(leaders), err)
		}
		last := 0
		for _, fault := range faults {
			if fault.Problem == "" || fault.Line < last {
				t.Fatalf("fault without a problem or out of order: %+v", fault)
			}
			last = fault.Line
		}
	})
}

func checkLeaders(t *testing.T, leaders []rota.Leader) {
	seen := map[string]bool{}
	for _, l := range leaders {
		id := strings.ToLower(string(l.ID))
		if id == "" || seen[id] || l.Name == "" || l.Share <= 0 || l.Share > 1500 || l.Employment == "" {
			t.Fatalf("leader that cannot be stored: %+v", l)
		}
		if strings.ContainsAny(l.Name+l.Phone+l.Email+l.Registration.Number, "\r\n\x00") {
			t.Fatalf("cell of more than one line: %+v", l)
		}
		seen[id] = true
	}
}

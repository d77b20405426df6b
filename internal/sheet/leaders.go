package sheet

import (
	"fmt"
	"strings"

	"pcnrota/rota"
)

// Leaders reads leaders: id and name, and as far as the file has them email, role (several with
// semicolons or slashes between), practice (code or name of one of practices), employment, wte,
// registration_body, registration_number, registration_expires, starts, ends, phone, new_to_on_call
// and qualifications (with semicolons between).
//
// A blank wte is a whole post. A blank employment is an employee, whom the Working Time Regulations
// protect: the assumption that can do no harm. The error is Faults.
func Leaders(file string, data []byte, practices []rota.Practice) ([]rota.Leader, error) {
	known := practiceDirectory(practices)
	ids := unique{}
	return collect(open(file, data, leaderColumns), func(r row) rota.Leader {
		r.required("id")
		l := rota.Leader{
			ID:             rota.LeaderID(ids.check(r, "id", parse(r, "id", parseCode))),
			Name:           r.required("name"),
			Email:          parse(r, "email", parseEmail),
			Phone:          parse(r, "phone", parsePhone),
			Roles:          list(r.text("role"), ";/"),
			Practice:       rota.PracticeCode(known.referTwice(r, "practice", "practice_name")),
			Employment:     rota.Employee,
			Share:          rota.FullTime,
			Registration:   registration(r),
			Qualifications: list(r.text("qualifications"), ";"),
			Starts:         parse(r, "starts", parseDate),
			Ends:           parse(r, "ends", parseDate),
			NewToOnCall:    parse(r, "new_to_on_call", parseYesNo),
		}
		if r.text("employment") != "" {
			l.Employment = parse(r, "employment", parseEmployment)
		}
		if r.text("wte") != "" {
			l.Share = parse(r, "wte", parseShare)
		}
		inOrder(r, "starts", l.Starts, "ends", l.Ends)
		return l
	})
}

// registration reads a professional registration. A number or an expiry without the body would be kept
// and never looked at, so it is a fault.
func registration(r row) rota.Registration {
	reg := rota.Registration{
		Body:    bodyName(r.text("registration_body")),
		Number:  r.text("registration_number"),
		Expires: parse(r, "registration_expires", parseDate),
	}
	if reg.Body != "" {
		return reg
	}
	for _, column := range []string{"registration_number", "registration_expires"} {
		if r.text(column) != "" {
			r.fault(column, "has no registration body beside it: add GMC, NMC, GPhC or HCPC in the column registration_body")
			break
		}
	}
	return reg
}

// bodyName writes the usual registration bodies as they write themselves.
func bodyName(s string) string {
	for _, body := range []string{"GMC", "NMC", "GPhC", "HCPC"} {
		if strings.EqualFold(s, body) {
			return body
		}
	}
	return s
}

// unique remembers on which line each identity stood, in lower case: L01 and l01 would be one person to
// whoever types them.
type unique map[string]int

// check gives id, and finds fault with it where another row has it already.
func (u unique) check(r row, column, id string) string {
	if line, taken := u[strings.ToLower(id)]; taken && id != "" {
		r.fault(column, fmt.Sprintf("is already on line %d: each row needs its own", line))
		return id
	}
	u[strings.ToLower(id)] = r.line
	return id
}

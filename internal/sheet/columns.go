package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// column is one column that a kind of sheet can have.
type column struct {
	name     string   // as the tidy form of the file has it, and as this package speaks of it
	aliases  []string // other names, as squash leaves them
	required bool
}

// layout is the columns of one kind of sheet.
type layout []column

var practiceColumns = layout{
	{"ods_code", words("code id ods practicecode practiceid practiceodscode"), true},
	{"name", words("practice practicename surgery surgeryname"), true},
	{"list_size", words("list patients registeredpatients practicelistsize"), false},
}

var leaderColumns = layout{
	{"id", words("leaderid leadercode staffid staffno staffnumber employeeid personid code ref initials"), true},
	{"name", words("fullname leader leadername staffname person clinician"), true},
	{"email", words("emailaddress mail nhsmail workemail"), false},
	{"role", words("roles jobtitle jobrole position post"), false},
	{"practice", words("practicecode odscode ods practiceods practiceodscode practiceid"), false},
	{"practice_name", words("surgery surgeryname"), false},
	{"employment", words("employmenttype employmentkind employmentstatus contract contracttype"), false},
	{"wte", words("share fte wholetimeequivalent fulltimeequivalent"), false},
	{"registration_body", words("regbody body professionalbody regulator"), false},
	{"registration_number", words("regno regnumber registrationno pin"), false},
	{"registration_expires", words("regexpiry regexpires registrationexpiry registrationexpirydate regexpirydate expiry expires expirydate"), false},
	{"starts", words("start startdate startson joined datejoined joiningdate from"), false},
	{"ends", words("end enddate endson left dateleft leaverdate leavingdate leaves until"), false},
	{"phone", words("phonenumber phoneno mobile mobilenumber mobileno mobilephone tel telno telephone telephonenumber contactnumber"), false},
	{"new_to_on_call", words("new newcomer newstarter"), false},
	{"qualifications", words("qualification competences competencies skills"), false},
}

// whoColumns begin every sheet whose rows are about leaders. Neither is required alone: see people.go.
var whoColumns = layout{
	{"leader_id", words("id leadercode staffid staffno staffnumber employeeid personid code"), false},
	{"leader", words("name fullname leadername staffname staff person clinician who"), false},
}

var absenceColumns = append(whoColumns[:2:2], layout{
	{"kind", words("type absence absencetype absencekind leave leavetype reason"), true},
	{"first_day", words("first from start starts startdate firstdate date datefrom"), true},
	{"last_day", words("last to until end ends enddate lastdate dateto"), false},
	{"weekday", words("dayofweek dayoftheweek"), false},
	{"start_time", words("starttime timefrom fromtime"), false},
	{"end_time", words("endtime timeto totime"), false},
}...)

var wishColumns = append(whoColumns[:2:2], layout{
	{"wish", words("kind type preference request"), true},
	{"weekday", words("day dayofweek dayoftheweek"), false},
	{"first_day", words("first from start starts startdate firstdate date datefrom"), false},
	{"last_day", words("last to until end ends enddate lastdate dateto"), false},
	{"weight", words("strength importance priority"), false},
}...)

var meetingColumns = layout{
	{"title", words("meeting name meetingtitle subject"), true},
	{"partner_body", words("body partner organisation partnerbodyid"), true},
	{"recurrence", words("rrule rule repeats recurs"), false},
	{"first", words("date firstdate firstday firstmeeting startdate from meetingdate"), false},
	{"starts", words("start time starttime startsat at"), true},
	{"minutes", words("duration length durationminutes lengthminutes mins"), true},
	{"place", words("location venue where room"), false},
	{"who", words("attendees attends whogoes representative"), true},
	{"papers_due_working_days_before", words("papersdue papers papersdueworkingdays paperstothem"), false},
	{"papers_come_working_days_before", words("paperscome papersfromthem"), false},
	{"until", words("ends end enddate lastday"), false},
	{"bank_holidays", words("bankholiday offbankholidays"), false},
	{"link", words("joininglink joinlink meetinglink teamslink zoomlink"), false},
	{"papers_link", words("paperslink linktopapers papersat"), false},
	{"agenda", words("topics items"), false},
	{"actions", words("todo"), false},
	{"part", words("ourpart capacity"), false},
	{"quorum", nil, false},
}

// dutyColumns have an ID of their own, so that "id" alone is no leader's.
var dutyColumns = layout{
	{"leader_id", words("leadercode staffid staffno staffnumber employeeid personid code"), false},
	{"leader", words("name fullname leadername staffname staff person clinician who holder"), false},
	{"tier", words("tiername level line role duty dutytype"), false},
	{"start", words("starts from begin begins startsat startdate starttime date dates week weekcommencing weekbeginning weekstarting weekof wc wb"), true},
	{"end", words("ends until to finish finishes endsat enddate endtime"), false},
	{"id", words("dutyid"), false},
	{"rota", words("rotaname"), false},
	{"kind", words("shift shiftkind kindofshift session"), false},
}

func words(s string) []string { return strings.Fields(s) }

// called reports whether header is one of the column's names. A remark in brackets, as in "Start date
// (dd/mm/yyyy)", is no part of the name.
func (c column) called(header string) bool {
	before, _, _ := strings.Cut(header, "(")
	for _, h := range []string{squash(header), squash(before)} {
		if h != "" && (h == squash(c.name) || slices.Contains(c.aliases, h)) {
			return true
		}
	}
	return false
}

// names lists the columns for a sentence about what was expected.
func (l layout) names() string {
	names := make([]string, len(l))
	for i, c := range l {
		names[i] = c.name
	}
	return strings.Join(names, ", ")
}

// squash leaves the letters and digits of s, in lower case: "E-mail Address" is "emailaddress".
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// mistakenFor recognises a sheet of another kind: one that has every column that kind must have, and of
// its columns at least two more than of l's.
func (l layout) mistakenFor(header []string) (Kind, bool) {
	for kind := range DutyFile + 1 {
		other := kind.layout()
		complete := !slices.ContainsFunc(other, func(c column) bool { return c.required && !slices.ContainsFunc(header, c.called) })
		if complete && other.count(header) >= l.count(header)+2 {
			return kind, true
		}
	}
	return 0, false
}

// count tells how many of the columns a header has.
func (l layout) count(header []string) (n int) {
	for _, c := range l {
		if slices.ContainsFunc(header, c.called) {
			n++
		}
	}
	return n
}

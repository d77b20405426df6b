package sheet

// Kind says what the rows of a file are.
type Kind int

// The kinds of file.
const (
	PracticeFile Kind = iota
	LeaderFile
	AbsenceFile
	WishFile
	MeetingFile
	DutyFile
)

// String gives the plural of what a row is.
func (k Kind) String() string {
	return [...]string{"practices", "leaders", "absences", "wishes", "meetings", "duties"}[k]
}

func (k Kind) layout() layout {
	return [...]layout{practiceColumns, leaderColumns, absenceColumns, wishColumns, meetingColumns, dutyColumns}[k]
}

// Columns gives the names of the columns that a file has, as this package speaks of them, whatever the
// file calls them. What a file does not have, it says nothing about.
func Columns(kind Kind, data []byte) map[string]bool {
	t := open("", data, kind.layout())
	names := make(map[string]bool, len(t.at))
	for name := range t.at {
		names[name] = true
	}
	return names
}

// Ignored names the columns of a file that are not read, such as "Notes (column O)", so that the manager
// sees a misspelt column name before its content is missed. It gives nil
// for a file that cannot be taken apart.
func Ignored(kind Kind, data []byte) []string {
	t := open("", data, kind.layout())
	var names []string
	for _, i := range t.ignored {
		names = append(names, t.label(i))
	}
	return names
}

package sheet

import (
	"strings"

	"pcnrota/rota"
)

// Practices reads member practices: ods_code, name, list_size. Codes are put in capitals. The error is
// Faults.
func Practices(file string, data []byte) ([]rota.Practice, error) {
	codes := unique{}
	return collect(open(file, data, practiceColumns), func(r row) rota.Practice {
		r.required("ods_code")
		return rota.Practice{
			Code:     rota.PracticeCode(strings.ToUpper(codes.check(r, "ods_code", parse(r, "ods_code", parseCode)))),
			Name:     r.required("name"),
			ListSize: parse(r, "list_size", parseWhole(0, 1_000_000)),
		}
	})
}

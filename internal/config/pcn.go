package config

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones are known on machines without a zone database too

	"pcnrota/rota"
)

// PCN is the network that the folder belongs to.
type PCN struct {
	Name    string
	ODSCode string // "" where it is not given
}

func readPCN(s *section) PCN {
	return PCN{
		Name:    must(s, "name", filled(`"Harbourside PCN"`)),
		ODSCode: get(s, "ods_code", odsCode[string]("U12345", true), ""),
	}
}

// odsCode takes the code of an organisation: "U12345" for a PCN, "Y10111" for a practice.
func odsCode[T ~string](example string, optional bool) want[T] {
	return words(strconv.Quote(example), func(s string) (T, error) {
		upper := strings.ToUpper(s)
		isCode := len(s) >= 3 && len(s) <= 8 && !strings.ContainsFunc(upper, func(c rune) bool {
			return (c < 'A' || c > 'Z') && (c < '0' || c > '9')
		})
		switch {
		case s == "" && optional:
			return "", nil
		case !isCode:
			return "", refusal{problem: "is not an ODS code: 3 to 8 capital letters and digits"}
		case s != upper:
			return "", refusal{"is not written in capital letters", strconv.Quote(upper)}
		}
		return T(s), nil
	})
}

// england is the zone of every PCN, which are all in England.
const england = "Europe/London"

func london() *time.Location {
	loc, err := time.LoadLocation(england)
	if err != nil {
		panic(err) // time/tzdata is part of the program
	}
	return loc
}

// zone takes the name of a zone of the IANA time zone database. "Local" is refused: what it means changes
// with the machine, and with it every time of the rota.
var zone = words(strconv.Quote(england), func(s string) (*time.Location, error) {
	loc, err := time.LoadLocation(s)
	if err != nil || s == "" || s == "Local" {
		return nil, refusal{problem: "is not a time zone that the program knows"}
	}
	return loc, nil
})

// date takes a day that a rota can be about, in quotation marks or without.
var date = bareOr(isDay, `"2027-05-03"`, func(s string) (rota.Date, error) {
	d, err := rota.ParseDate(s)
	if err == nil && (d.Year < 2000 || d.Year > 2100) {
		err = refusal{problem: "is not a day between 2000 and 2100"}
	}
	return d, err
})

// readHolidays reads the PCN's own days: bank holidays that the official table lacks, and days of the
// table that are ordinary here.
func readHolidays(sections []*section) rota.Holidays {
	own := map[rota.Date]string{}
	for _, s := range sections {
		d := must(s, "date", date)
		name := get(s, "name", filled(`"Coronation of the King"`), "")
		ordinary := get(s, "ordinary", truth(true), false)
		_, twice := own[d]
		switch {
		case !s.sound():
		case twice:
			s.refuse("date", s.ask("date"), "is given twice", "keep one of the two [[bank_holiday]]")
		case ordinary && name != "":
			s.object("says that the day has a name and that it is ordinary", "keep either name or ordinary = true")
		case !ordinary && name == "":
			s.object("says neither what the bank holiday is called nor that the day is ordinary",
				`name = "Coronation of the King", or ordinary = true`)
		default:
			own[d] = name
		}
	}
	return rota.NewHolidays(own)
}

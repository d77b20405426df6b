package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// zones finds the time zones that a file names. A name that the world knows wins over what the file says
// of it: the file may be old, and Outlook's descriptions of zones leave out history.
type zones struct {
	reader   *time.Location // of whoever reads: for times that name no zone
	declared map[string]*component
	found    map[string]zoneAnswer
}

type zoneAnswer struct {
	zone *time.Location
	err  error
}

func newZones(root *component, reader *time.Location) *zones {
	z := &zones{reader: reader, declared: map[string]*component{}, found: map[string]zoneAnswer{}}
	for _, file := range root.children {
		for _, c := range file.children {
			if c.name != "VTIMEZONE" {
				continue
			}
			for _, id := range c.all("TZID") {
				z.declared[zoneKey(id.value)] = c
			}
		}
	}
	return z
}

// zoneKey is a name as it is compared: Exchange escapes commas in one place and not in the other.
func zoneKey(name string) string {
	return strings.ToLower(strings.ReplaceAll(strings.Trim(strings.TrimSpace(name), `"`), `\`, ""))
}

// find gives the zone of that name, and an error that is a clause where nobody knows it.
func (z *zones) find(name string) (*time.Location, error) {
	key := zoneKey(name)
	if answer, known := z.found[key]; known {
		return answer.zone, answer.err
	}
	zone, err := z.look(strings.Trim(strings.TrimSpace(name), `"`), key)
	z.found[key] = zoneAnswer{zone, err}
	return zone, err
}

func (z *zones) look(name, key string) (*time.Location, error) {
	if zone := worldZone(name); zone != nil {
		return zone, nil
	}
	if iana, known := windowsZones[key]; known {
		if zone := worldZone(iana); zone != nil {
			return zone, nil
		}
	}
	if c := z.declared[key]; c != nil {
		if lic, ok := c.first("X-LIC-LOCATION"); ok {
			if zone := worldZone(strings.TrimSpace(lic.value)); zone != nil {
				return zone, nil
			}
		}
		return declaredZone(c)
	}
	if zone := describedZone(key); zone != nil {
		return zone, nil
	}
	return nil, fmt.Errorf("the time zone %.60q is not known, and the file does not say what it is", name)
}

var zonePattern = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z][A-Za-z0-9_+-]*)*$`)

// worldZone gives the zone that the world calls so, also where a vendor's name stands before it, as in
// /freeassociation.sourceforge.net/Europe/Berlin. "Local" is a zone to Go, that of this machine.
func worldZone(name string) *time.Location {
	for rest, more := name, true; more; _, rest, more = strings.Cut(rest, "/") {
		if len(rest) > 60 || !zonePattern.MatchString(rest) || strings.EqualFold(rest, "Local") {
			continue
		}
		if zone, err := time.LoadLocation(rest); err == nil {
			return zone
		}
	}
	return nil
}

var fixedZone = regexp.MustCompile(`^(?:utc|gmt)([+-])(\d{1,2})(?::?([0-5]\d))?$`)

// describedZone understands the zone from words: UTC+01:00, or Outlook's (UTC+00:00) Dublin, Edinburgh,
// Lisbon, London.
func describedZone(key string) *time.Location {
	if strings.HasSuffix(key, "dublin, edinburgh, lisbon, london") {
		return worldZone("Europe/London")
	}
	parts := fixedZone.FindStringSubmatch(key)
	if parts == nil {
		return nil
	}
	hours, _ := strconv.Atoi(parts[2])
	minutes, _ := strconv.Atoi(parts[3]) // "" is none
	seconds := hours*3600 + minutes*60
	if seconds > maxOffset {
		return nil
	}
	if parts[1] == "-" {
		seconds = -seconds
	}
	return time.FixedZone(strings.ToUpper(key), seconds)
}

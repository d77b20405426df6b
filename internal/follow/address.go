package follow

import (
	"errors"
	"net/url"
	"strings"
)

const maxAddress = 2000

// CheckAddress reads an address as people copy it. It gives the https form, which is a secret, and the name
// of the machine, which can be shown. The error says what is wrong with it.
func CheckAddress(typed string) (address, host string, err error) {
	typed = strings.TrimSpace(typed)
	if len(typed) > maxAddress {
		return "", "", errors.New("the address is longer than 2000 characters")
	}
	u, err := url.Parse(typed)
	if err != nil {
		return "", "", errors.New("this is not a web address")
	}
	switch strings.ToLower(u.Scheme) {
	case "https":
	case "webcal", "webcals":
		u.Scheme = "https"
	case "http":
		return "", "", errors.New("the address begins with http://, where anybody on the way can read along: calendars are followed by https:// only")
	default:
		return "", "", errors.New("this is not a web address that begins with https:// or webcal://")
	}
	switch {
	case u.Hostname() == "" || u.Opaque != "":
		return "", "", errors.New("the address names no machine")
	case u.User != nil:
		return "", "", errors.New("the address has a user name in it: calendars are followed by a secret address only")
	}
	u.Fragment, u.RawFragment = "", ""
	return u.String(), u.Host, nil
}

package mail_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-message"

	"pcnrota/calendar/caltest"
	"pcnrota/notify"
	"pcnrota/notify/mail"
)

func TestTheCalendarPartComesLastAndAgreesWithItsHeader(t *testing.T) {
	for kind, method := range map[notify.Kind]string{notify.Invitation: "REQUEST", notify.Cancellation: "CANCEL"} {
		entity, err := message.Read(bytes.NewReader(compose(t, mail.Sample(kind))))
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		var last []byte
		parts := entity.MultipartReader()
		for {
			part, err := parts.NextPart()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			name, params, err := part.Header.ContentType()
			if err != nil {
				t.Fatal(err)
			}
			kinds = append(kinds, name)
			if last, err = io.ReadAll(part.Body); err != nil {
				t.Fatal(err)
			}
			if name == "text/calendar" && (params["method"] != method || !strings.EqualFold(params["charset"], "utf-8") || part.Header.Get("Content-Disposition") != "") {
				t.Errorf("%s: %v, %s", kind, params, part.Header.Get("Content-Disposition"))
			}
		}
		if got := strings.Join(kinds, " "); got != "text/plain text/html text/calendar" {
			t.Errorf("%s has the parts %s", kind, got)
		}
		for _, fault := range caltest.Lint(last) {
			if !slices.Contains(notInAFeed, fault) {
				t.Errorf("%s: %s", kind, fault)
			}
		}
		text := strings.ReplaceAll(string(last), "\r\n ", "")
		for _, want := range []string{
			"METHOD:" + method + "\r\n", ":mailto:ada.obi@pcn.example\r\n", "ORGANIZER;CN=Harbourside PCN:mailto:rota@harbourside.example\r\n", "SEQUENCE:1\r\n",
			"UID:on-call.first.20270327T1830@00112233445566778899aabbccddeeff.pcnrota\r\n",
		} {
			if strings.Count(text, want) != 1 {
				t.Errorf("%s does not say %q once:\n%s", kind, want, text)
			}
		}
		if strings.Count(text, "ATTENDEE") != 1 || strings.Count(text, "BEGIN:VEVENT") != 1 {
			t.Errorf("%s is not for one person about one event:\n%s", kind, text)
		}
	}
}

// notInAFeed is what the lint of feeds finds wrong with an invitation, and is as it should be in one.
var notInAFeed = []string{
	"VEVENT has ORGANIZER", "VEVENT has ATTENDEE", "VCALENDAR has METHOD", "VCALENDAR  has 0 lines of X-WR-CALNAME, want 1",
	"VCALENDAR  has 0 lines of REFRESH-INTERVAL, want 1", "REFRESH-INTERVAL is not marked as a duration",
}

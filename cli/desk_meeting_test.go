package cli

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pcnrota/internal/pass"
	"pcnrota/notify"
	"pcnrota/rota"
)

// atTheTable is a clinic with a meeting on 12 January to which any one leader goes, and of which all were reminded.
func atTheTable(t *testing.T) (*clinic, func() rota.Occurrence) {
	c := newClinic(t)
	c.must("meeting add Liaison --body LMC --on 2027-01-12 --at 13:00 --who any --place Quay --link https://meet.example/secret --part presenting --papers-to 3")
	c.later(36 * time.Hour) // past the rung of seven days before
	engine, err := c.pcn.engine(c.pcn.logger(false))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Tick(t.Context(), c.now); err != nil {
		t.Fatal(err)
	}
	return c, func() rota.Occurrence {
		t.Helper()
		m, err := c.pcn.meetingByID(t.Context(), "m1.20270112")
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
}

func TestAMeetingIsAnsweredByTheLinkInItsReminder(t *testing.T) {
	c, meeting := atTheTable(t)
	before := meeting()
	goes, deputy := string(before.Attending[0]), string(before.Deputy)
	link, _ := c.passTo(goes, notify.Meeting, pass.Answer)

	scanner := c.visitor()
	for range 3 {
		scanner.do(http.MethodHead, link, nil)
		scanner.get(link).shows("Will you come?", "Liaison", "Tuesday 12 January, 1pm to 2pm", "Yes, I come", "No, I cannot come", "Send Name"+deputy[1:]).lacks("noted")
	}
	if replies, err := c.pcn.db.Replies(t.Context()); err != nil || len(replies) > 0 {
		t.Fatalf("a scanner has answered: %v, %v", replies, err)
	}
	scanner.do(http.MethodPost, link, nil, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example").shows("Another website")

	phone := c.visitor()
	phone.get(link).press(link).shows("That did not work", "No answer was chosen")
	phone.get(link).press(link, "answer", "accepted").shows("Thank you", "Your answer is noted", "You have said that you come.").lacks("Yes, I come")
	phone.press(link, "answer", "accepted").shows("Your answer is noted")
	phone.get(link).press(link, "answer", "declined", "why", "call 943 476 5919 back").shows("That did not work", "NHS number")
	phone.get(link).press(link, "answer", "declined", "why", "a  wedding").shows("You have said that you cannot come.", "Name"+deputy[1:]+" goes.", "I can come after all").lacks("No, I")

	after := meeting()
	if string(after.Attending[0]) != deputy || after.Deputy == "" || string(after.Deputy) == goes {
		t.Errorf("goes %v, deputises %s", after.Attending, after.Deputy)
	}
	replies, err := c.pcn.db.Replies(t.Context())
	if err != nil || len(replies) != 1 || replies[0].Answer != rota.Declined || replies[0].Why != "a wedding" {
		t.Errorf("kept: %+v, %v", replies, err)
	}
	if !strings.Contains(c.trail(), "meeting decline (page)") {
		t.Error("the trail does not say who declined")
	}
	// That was a mistake: as long as nobody relies on it, all is as before. Then the deputy goes, has said so, and stays.
	phone.press(link, "answer", "accepted").shows("You have said that you come.", "The deputy is Name"+deputy[1:])
	if again := meeting(); string(again.Attending[0]) != goes || string(again.Deputy) != deputy {
		t.Errorf("after that goes %v, deputises %s", again.Attending, again.Deputy)
	}
	phone.press(link, "answer", "declined").shows("You have said that you cannot come.")
	c.later(time.Minute)
	c.must("meeting accept Liaison --as " + deputy)
	phone.press(link, "answer", "accepted").shows("You have said that you could come after all.", "Name"+deputy[1:]+" goes.").lacks("I can come")
	if len(phone.jar) > 0 {
		t.Error("to answer has signed somebody in")
	}
	// Nobody who has the link of one kind of message can answer with it for another.
	other, _ := c.passTo(goes, notify.Change, pass.Answer)
	phone.get(other).shows("There is nothing to do here any more")
}

func TestADeputyIsRemindedAndAnswersOnThePages(t *testing.T) {
	c, meeting := atTheTable(t)
	before := meeting()
	goes, deputy := string(before.Attending[0]), string(before.Deputy)
	link, _ := c.passTo(deputy, notify.Meeting, pass.Answer)
	c.visitor().get(link).shows("Could you go?", "You are the deputy.", "No, I could not go").lacks("Send ")

	v := c.signedIn(deputy)
	v.shows("Your meetings to come", "Liaison", "Say whether you could go")
	page := "/act/meetings/" + string(before.ID)
	v.get(page).press(page, "answer", "accepted").shows("Your answer is noted", "You have said that you could go.")
	v.get("/me").shows("You are the deputy. Meeting of Local medical committee", "Say whether you come").lacks("meet.example")

	first := c.signedIn(goes)
	first.get("/me").shows("Meeting of Local medical committee", "https://meet.example/secret").lacks("You are the deputy")
	first.get(page).press(page, "answer", "sends deputy").shows("You have sent the deputy.", "Name"+deputy[1:]+" goes.")
	stranger := c.signedIn(c.somebodyElse(goes, deputy, string(meeting().Deputy)))
	stranger.get(page).shows("none that you are asked to come to")
	stranger.get("/act").press(page, "answer", "declined").shows("none that you are asked to come to")
	c.later(6*24*time.Hour + 16*time.Hour) // it has begun
	c.visitor().get(link).lacks("<button").press(link, "answer", "declined").shows("is too late to answer")
	c.audit()
}

// TestTheManagerIsToldWhenNobodyIsLeft has all decline, one by a page, one by a calendar and the others by command.
func TestTheManagerIsToldWhenNobodyIsLeft(t *testing.T) {
	c, meeting := atTheTable(t)
	c.pcn.db.Announce(notify.Notices{Zone: c.pcn.config.Zone, Domain: "pcn.example", Manager: true})
	told := func() []notify.Reminder {
		all, err := c.pcn.db.Reminders(t.Context(), notify.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(all, func(r notify.Reminder) bool { return r.Kind != notify.NobodyGoes })
	}
	for n := 1; n <= 8; n++ {
		m := meeting()
		if len(m.Attending) != 1 || len(told()) > 0 {
			t.Fatalf("after %d have declined, %v go and the manager was told %d times", n-1, m.Attending, len(told()))
		}
		id := m.Attending[0]
		if m.Deputy == "" {
			if err := c.pcn.desk().AnswerMeeting(t.Context(), id, m.ID, rota.Declined, ""); err != nil {
				t.Fatal(err)
			}
			break
		}
		c.must("meeting decline Liaison --as " + string(id))
	}
	all := told()
	if len(meeting().Attending) > 0 || len(all) != 1 || all[0].Leader != "" || len(all[0].News.Moves) != 1 {
		t.Fatalf("%v go, and the manager was told: %+v", meeting().Attending, all)
	}
	if _, out, _ := c.run("remind preview " + string(all[0].Key)); !strings.Contains(out, "Nobody goes Tue 12 Jan 13:00: Liaison") || !strings.Contains(out, "pcnrota cover find meetings.representative.m1.20270112") {
		t.Errorf("the manager reads:\n%s", out)
	}
}

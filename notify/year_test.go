package notify_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pcnrota/notify"
	"pcnrota/rota"
)

// TestAYear lets the year 2000 pass for one PCN, in which its clocks change twice, the mail server is away and its
// password wrong, the program is down, leaders swap, duties and meetings move, and somebody leaves. Which messages
// have then been sent is compared with an account that shares nothing with the engine: it knows who held what from
// when to when, and when both the program and the mail server worked.
func TestAYear(t *testing.T) {
	begun := time.Now()
	messages, passes := 0, 0
	synctest.Test(t, func(t *testing.T) { // the clock begins at midnight UTC on 1 January 2000
		y := newYear(t)
		defer y.db.Close()
		y.happens()
		passes = y.live()
		messages = len(y.post.got)
		y.compare()
	})
	t.Logf("%d messages in %d passes took %.1f s", messages, passes, time.Since(begun).Seconds())
}

// year is a PCN and the plain facts of what happens to it.
type year struct {
	*world
	until  time.Time
	facts  []fact
	engine *notify.Engine // nil while the program is down

	holds   []holding
	holders []rota.LeaderID // of each night, as things stand
	starts  []time.Time
	closed  []window // times in which nothing could be sent
	version int
	heard   map[rota.LeaderID]publication // the last change of each one's own duties
	want    map[string]bool
}

type fact struct {
	at time.Time
	do func()
}

// holding is something that somebody was to be at, from when it became theirs until it was so no more.
type holding struct {
	kind        string
	about       string
	leader      rota.LeaderID
	start       time.Time
	from, until time.Time
}

type window struct{ from, until time.Time }

type publication struct {
	key string
	at  time.Time
}

// summerBegins and summerEnds are the clock changes of 2000, as a clock showed them before.
var (
	summerBegins = time.Date(2000, 3, 26, 1, 0, 0, 0, time.UTC)
	summerEnds   = time.Date(2000, 10, 29, 2, 0, 0, 0, time.UTC)
)

// shown gives the instant at which clocks in London show a time of 2000: the first where they show it twice, and an hour
// later where they never do.
func shown(wall time.Time) time.Time {
	if wall.Before(summerBegins.Add(time.Hour)) || !wall.Before(summerEnds) {
		return wall
	}
	return wall.Add(-time.Hour)
}

func day(month time.Month, n, hour int) time.Time {
	return time.Date(2000, month, n, hour, 0, 0, 0, time.UTC)
}

func newYear(t *testing.T) *year {
	t.Helper()
	y := &year{world: newWorld(t), until: day(13, 1, 0), heard: map[rota.LeaderID]publication{}, want: map[string]bool{}}
	y.db.Announce(notify.Notices{Zone: london(t), Domain: "pcn.example", Manager: true})
	return y
}

// happens sets down what happens in the year.
func (y *year) happens() {
	y.at(day(1, 1, 0), y.start)
	for n := 0; n < 400; n += 25 { // the nights are published five to nine weeks ahead
		y.at(later(day(1, n-33, 12), day(1, 1, 0)), func() {
			of := []rota.LeaderID{"L1", "L2", "L3", "L4"}
			if n > 190 {
				of = of[:3] // it is known by then who leaves
			}
			var holders []rota.LeaderID
			for night := n; night < n+25; night++ {
				holders = append(holders, of[night%len(of)])
			}
			y.assign(n, holders...)
		})
	}
	for month := time.January; month <= time.December; month++ { // a swap of the next nights but five, on the 20th
		y.at(day(month, 20, 9), func() { y.swap(y.nightOf(month, 25)) })
	}
	y.at(day(2, 20, 10), func() { y.swap(y.nightOf(2, 25)) }) // and back again, an hour later
	for _, on := range []time.Time{day(3, 25, 0), day(3, 26, 0), day(10, 29, 0), day(8, 1, 0)} {
		y.at(on.AddDate(0, 0, -3).Add(9*time.Hour), func() { y.moveNight(on) })
	}
	y.at(day(6, 15, 9), y.leave)
	y.meetings()

	y.mailFails(day(2, 8, 16), day(2, 9, 2), notify.Unreachable) // over two rungs and the start of a duty
	y.mailFails(day(3, 26, 0), day(3, 26, 10), notify.Unreachable)
	y.mailFails(day(5, 3, 8), day(5, 6, 10), notify.Configuration)
	y.mailFails(day(11, 20, 7), day(11, 20, 14), notify.Unreachable) // it is told of a swap only after that
	y.at(day(11, 20, 10), func() { y.swap(y.nightOf(11, 27)) })      // and of another, which takes it up
	y.programDown(day(4, 11, 11), day(4, 21, 11))
	y.programDown(day(7, 1, 12), day(7, 1, 12)) // started again
	y.programDown(day(10, 28, 20), day(10, 29, 10))
}

func (y *year) at(at time.Time, do func()) { y.facts = append(y.facts, fact{at, do}) }

// nightOf numbers the night that starts on a day: night 0 is that of 2 January.
func (y *year) nightOf(month time.Month, n int) int {
	return int(day(month, n, 0).Sub(day(1, 2, 0)) / (24 * time.Hour))
}

// live lets the year pass: something is done where a fact comes, and where the engine said so.
func (y *year) live() (passes int) {
	slices.SortStableFunc(y.facts, func(a, b fact) int { return a.at.Compare(b.at) })
	next := time.Now()
	for i := 0; time.Now().Before(y.until); {
		for ; i < len(y.facts) && !y.facts[i].at.After(time.Now()); i++ {
			y.facts[i].do()
		}
		if y.engine != nil {
			passes++
			_, err := y.engine.Tick(y.t.Context(), time.Now())
			y.must(err)
			next, err = y.engine.Next(y.t.Context(), time.Now())
			y.must(err)
		}
		if y.engine == nil || next.After(y.until) {
			next = y.until
		}
		if i < len(y.facts) && y.facts[i].at.Before(next) {
			next = y.facts[i].at
		}
		time.Sleep(max(time.Until(next), time.Second))
	}
	return passes
}

func (y *year) start() {
	y.engine = y.world.engine(yearly...)
	friday, monday := rota.Weekly{Day: time.Friday, At: 12 * 60}, rota.Weekly{Day: time.Monday, At: 8 * 60}
	y.engine.Rules.Digest, y.engine.Rules.Summary = &friday, &monday
	y.engine.Manager = rota.Leader{Name: "PCN manager", Email: "manager@pcn.example"}
	y.engine.Watch = func(context.Context, time.Time) ([]notify.Matter, error) { return nil, nil }
}

func (y *year) programDown(from, until time.Time) {
	y.closed = append(y.closed, window{from, until})
	y.at(from, func() { y.engine = nil })
	y.at(until, y.start)
}

func (y *year) mailFails(from, until time.Time, trouble notify.Trouble) {
	y.closed = append(y.closed, window{from, until})
	y.at(from, func() {
		y.post.fail = func(notify.Message) error { return &notify.SendError{Trouble: trouble, Problem: "not now"} }
	})
	y.at(until, func() { y.post.fail = nil })
}

// assign publishes who has the nights from night n on.
func (y *year) assign(n int, holders ...rota.LeaderID) {
	now := time.Now()
	y.publishAt(now, rota.Date{Year: 2000, Month: time.January, Day: 2}.AddDays(n), holders...)
	concerned := map[rota.LeaderID]bool{}
	for i, to := range holders {
		if n+i == len(y.holders) {
			y.holders, y.starts = append(y.holders, ""), append(y.starts, shown(nightfall(n+i)))
		}
		if from := y.holders[n+i]; from != to {
			y.passes(n+i, from, to, now)
			concerned[from], concerned[to] = true, true
		}
	}
	y.told(concerned, now)
}

// nightfall is when night n starts, as clocks show it.
func nightfall(n int) time.Time { return day(1, 2+n, 18).Add(30 * time.Minute) }

// passes sets down that a night is somebody else's, or starts at another time.
func (y *year) passes(n int, from, to rota.LeaderID, now time.Time) {
	id := fmt.Sprintf("on-call.first.%s", nightfall(n).Format("20060102T1504"))
	for i, h := range y.holds {
		if h.about == id && h.leader == from && h.until.IsZero() {
			y.holds[i].until = now
		}
	}
	y.holders[n] = to
	y.holds = append(y.holds, holding{kind: "duty", about: id, leader: to, start: y.starts[n], from: now})
}

// told sets down that those concerned get a message about a version. Where the last one had not gone out, it takes it up.
func (y *year) told(concerned map[rota.LeaderID]bool, now time.Time) {
	y.version++
	for leader := range concerned {
		if leader == "" {
			continue
		}
		if last, any := y.heard[leader]; any && !y.works(last.at, now) {
			delete(y.want, last.key)
		}
		y.heard[leader] = publication{fmt.Sprintf("change/on-call/%d/%s", y.version, leader), now}
		y.want[y.heard[leader].key] = true
	}
}

// works reports whether anything could be sent in some moment from one instant to another.
func (y *year) works(from, until time.Time) bool {
	for moved := true; moved; {
		moved = false
		for _, w := range y.closed {
			if !from.Before(w.from) && from.Before(w.until) {
				from, moved = w.until, true
			}
		}
	}
	return from.Before(until)
}

func (y *year) swap(n int) { y.assign(n-1, y.holders[n], y.holders[n-1]) }

// moveNight has the duty of a day begin an hour later.
func (y *year) moveNight(on time.Time) {
	n := y.nightOf(on.Month(), on.Day())
	now := time.Now()
	y.move(now.Format("2006-01-02T15:04Z"), on.Format(time.DateOnly), time.Hour)
	y.starts[n] = y.starts[n].Add(time.Hour)
	y.passes(n, y.holders[n], y.holders[n], now)
	y.told(map[rota.LeaderID]bool{y.holders[n]: true}, now)
}

// leave has L4's nights from 1 July on given to the others, and L4 go.
func (y *year) leave() {
	first := y.nightOf(7, 1)
	holders := slices.Clone(y.holders[first:])
	for i, h := range holders {
		if h == "L4" {
			holders[i] = rota.LeaderID(fmt.Sprintf("L%d", 1+i%3))
		}
	}
	y.assign(first, holders...)
	leaders, err := y.db.Leaders(y.t.Context())
	y.must(err)
	leaders[3].Ends = rota.Date{Year: 2000, Month: time.June, Day: 30}
	y.must(y.db.PutLeaders(y.t.Context(), leaders))
}

// meetings are two a season, of which the first moves a week before, and at the second somebody else attends.
func (y *year) meetings() {
	for _, month := range []time.Month{1, 4, 7, 10} {
		y.at(day(month, 2, 9), func() {
			y.convene(y.series(), day(month, 24, 13), "L1", "L3")
			y.convene(y.series(), day(month, 27, 8), "L2", "L3")
		})
		y.at(day(month, 22, 12), func() {
			n := rota.SeriesID(2*(int(month)-1)/3 + 1)
			y.convene(n, day(month, 25, 14), "L1", "L3")
			y.convene(n+1, day(month, 27, 8), "L2", "L1")
		})
	}
}

// convene plans a meeting, in place of what was planned of it before.
func (y *year) convene(id rota.SeriesID, wall time.Time, attending ...rota.LeaderID) {
	now, about := time.Now(), fmt.Sprintf("m%d", id)
	y.meet(now.Format("2006-01-02T15:04Z"), id, wall.Format("2006-01-02T15:04"), attending...)
	for i, h := range y.holds {
		if h.about == about && h.until.IsZero() {
			y.holds[i].until = now
		}
	}
	for _, leader := range attending {
		y.holds = append(y.holds, holding{kind: "meeting", about: about, leader: leader, start: shown(wall), from: now})
	}
}

// yearly is the ladder: its last rung comes at a time that clocks skip in spring and show twice in autumn.
var yearly = []rota.Rung{{Days: 28, At: 17 * 60}, {Days: 7, At: 17 * 60}, {Days: 1, At: 17 * 60}, {Days: 0, At: 90}}

// rungs gives when somebody is reminded of what starts at an instant, and the end of the key, from first to last.
func rungs(start time.Time) (due []time.Time, names []string) {
	wall := start
	if !start.Before(shown(summerBegins.Add(time.Hour))) && start.Before(summerEnds.Add(-time.Hour)) {
		wall = start.Add(time.Hour)
	}
	midnight := wall.Truncate(24 * time.Hour)
	return []time.Time{
		shown(midnight.AddDate(0, 0, -28).Add(17 * time.Hour)), shown(midnight.AddDate(0, 0, -7).Add(17 * time.Hour)),
		shown(midnight.AddDate(0, 0, -1).Add(17 * time.Hour)), shown(midnight.Add(90 * time.Minute)),
	}, []string{"28d17:00", "7d17:00", "1d17:00", "0d01:30"}
}

// expected adds to the changes what is to be sent of the ladders and every week.
func (y *year) expected() map[string]bool {
	for _, h := range y.holds {
		y.remind(h)
	}
	for monday := day(1, 3, 8).AddDate(0, 0, -7); monday.Before(y.until); monday = monday.AddDate(0, 0, 7) {
		y.weekly("gaps", monday, shown(monday.AddDate(0, 0, 7)), "")
	}
	for friday := day(1, 7, 12).AddDate(0, 0, -7); friday.Before(y.until); friday = friday.AddDate(0, 0, 7) {
		for _, leader := range []rota.LeaderID{"L1", "L2", "L3", "L4"} {
			if leader != "L4" || friday.Before(day(6, 30, 0)) { // whose last night was that of 29 June
				y.weekly("digest", friday, shown(friday).Add(24*time.Hour), "/"+string(leader))
			}
		}
	}
	return y.want
}

// remind wants of each rung a message that comes while it is the last whose time has come, and something can be sent.
// What had come when a duty changed is left to the notice of the change.
func (y *year) remind(h holding) {
	end := earlier(h.start, y.until)
	if !h.until.IsZero() {
		end = earlier(h.until, end)
	}
	due, names := rungs(h.start)
	for i, at := range due {
		last := end
		if i+1 < len(due) {
			last = earlier(due[i+1], end)
		}
		if h.kind == "duty" && !at.After(h.from) || !y.works(later(at, h.from), last) {
			continue
		}
		y.want[fmt.Sprintf("%s/%s/%s/%s/%s", h.kind, h.about, h.start.Format("20060102T150405Z"), h.leader, names[i])] = true
	}
}

func (y *year) weekly(kind string, wall, until time.Time, to string) {
	if isoYear, week := wall.ISOWeek(); y.works(later(shown(wall), day(1, 1, 0)), earlier(until, y.until)) {
		y.want[fmt.Sprintf("%s/%04d-W%02d%s", kind, isoYear, week, to)] = true
	}
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// compare holds what was sent against what is expected: each once, and nothing else.
func (y *year) compare() {
	want := y.expected()
	for _, m := range y.post.got {
		if key := string(m.Reminder.Key); !want[key] {
			y.t.Errorf("%s: %s was sent, which is not expected or a repeat", m.Date.UTC().Format("2 Jan 15:04"), key)
		} else {
			delete(want, key)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		y.t.Errorf("%s was not sent", key)
	}
	if len(y.post.got) < 1500 {
		y.t.Errorf("%d messages in a year", len(y.post.got))
	}
}

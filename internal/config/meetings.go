package config

import (
	"fmt"

	"pcnrota/rota"
)

// Bounds of what a meeting can weigh and of how long a night can tell.
const (
	maxMeetingPoints = 100
	maxNightHours    = 24
	usualNightHours  = 4
)

var (
	meetingPoints = number("0.5", func(f float64) bool { return f >= 0 && f <= maxMeetingPoints }, fmt.Sprintf("a number of points from 0 to %d", maxMeetingPoints))
	deputyPart    = number("0.25", func(f float64) bool { return f >= 0 && f <= 1 }, "a part from 0 to 1")
)

// readMeetings reads how the rota of who goes to meetings works.
func readMeetings(s *section) rota.Policy {
	return rota.MeetingPolicy(rota.MeetingRules{
		PerHour:     rota.PointsOf(get(s, "points_per_hour", meetingPoints, 0.5)),
		NightHours:  get(s, "hours_after_a_night", whole(0, maxNightHours, usualNightHours), usualNightHours),
		WhileOnCall: get(s, "while_on_call", truth(false), false),
	}, rota.PointsOf(get(s, "deputy_part", deputyPart, 0.25)))
}

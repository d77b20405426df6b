package config

import (
	"fmt"

	"pcnrota/rota"
)

// CallOuts says what work while on call counts for.
type CallOuts struct {
	PointsPerHour rota.Points    // beside those of being on call
	DayStarts     rota.TimeOfDay // when an ordinary day's work begins, from which a late start is reckoned
}

// maxPointsPerHour is above anything that would leave being on call a part in the sum.
const maxPointsPerHour = 100

var pointsPerHour = number("0.5", func(f float64) bool { return f >= 0 && f <= maxPointsPerHour }, fmt.Sprintf("a number of points from 0 to %d", maxPointsPerHour))

func readCallOuts(s *section) CallOuts {
	const nine = 9 * 60
	return CallOuts{
		PointsPerHour: rota.PointsOf(get(s, "points_per_hour", pointsPerHour, 0)),
		DayStarts:     get(s, "day_starts", timeOfDay, nine),
	}
}

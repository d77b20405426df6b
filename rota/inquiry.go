package rota

import (
	"context"

	"pcnrota/rota/internal/assign"
)

// An inquiry looks into why duties cannot be covered. It is any-time: all that it says is proved, and where its work runs
// out or its context ends it stops making what it says shorter, and looks no further. Work is counted in what exact
// searches try, never in seconds, so that the same problem is explained the same way on any machine.
type inquiry struct {
	ctx         context.Context
	left, whole int // work
	keep        int // work that is not to be touched yet
	tell        func(done, of int)
}

// workInquiry is how much work an explanation may be altogether: some seconds.
const workInquiry = 600_000

func newInquiry(ctx context.Context, tell func(done, of int)) *inquiry {
	return &inquiry{ctx: ctx, left: workInquiry, whole: workInquiry, tell: tell}
}

// over says whether it is time to be content with what is known.
func (q *inquiry) over() bool { return q.left <= q.keep || q.ctx.Err() != nil }

// test makes one exact search, which may try so much and takes so much work to prepare. It says Unknown where it is time
// to be content.
func (q *inquiry) test(prepare, most int, search func(work *int) assign.Verdict) assign.Verdict {
	if q.over() {
		return assign.Unknown
	}
	work := most
	verdict := search(&work)
	q.left = max(0, q.left-prepare-(most-max(0, work)))
	q.tell(q.whole-q.left, q.whole)
	return verdict
}

// share leaves the work after the next of so many equal parts of what is left alone.
func (q *inquiry) share(parts int) { q.keep = q.left - q.left/parts }

// coverable decides whether the duties could all be covered if there were no others but those held.
func (q *inquiry) coverable(p Problem, duties []Duty) assign.Verdict {
	return q.test(len(p.Leaders)*(10+len(duties)), workTest, func(work *int) assign.Verdict { return p.coverable(duties, work) })
}

package notify

import (
	"context"
	"iter"
)

// parcel is a claimed reminder that is ready to be sent, or what becomes of it because it is not wanted any more.
type parcel struct {
	Reminder
	wanted   bool
	unwanted Outcome // where it is not wanted
	fault    error   // why it could not be put together
	send     func(ctx context.Context) error
}

// ahead is how many messages may be ready before it is their turn.
const ahead = 8

// parcels gives what was claimed, in order, and readies the next ones while one is on its way.
func (d *delivery) parcels(ctx context.Context, claimed []Reminder) iter.Seq[parcel] {
	return func(yield func(parcel) bool) {
		if len(claimed) == 1 {
			yield(d.pack(ctx, claimed[0]))
			return
		}
		ctx, stop := context.WithCancel(ctx)
		ready := make(chan parcel, ahead)
		go func() {
			defer close(ready)
			for _, r := range claimed {
				select {
				case ready <- d.pack(ctx, r):
				case <-ctx.Done():
					return
				}
			}
		}()
		defer func() {
			stop()
			for range ready { // until nothing reads the decision any more
			}
		}()
		for p := range ready {
			if !yield(p) {
				return
			}
		}
	}
}

// pack puts together what r says, as things are now.
func (d *delivery) pack(ctx context.Context, r Reminder) parcel {
	p := parcel{Reminder: r}
	if p.unwanted, p.wanted = d.wants.still(r, d.now); !p.wanted {
		return p
	}
	m, err := d.compose(ctx, r)
	if p.fault = err; err != nil {
		return p
	}
	if packer, can := d.Sender.(Packer); can {
		p.send = packer.Pack(m)
	} else {
		p.send = func(ctx context.Context) error { return d.Sender.Send(ctx, m) }
	}
	return p
}

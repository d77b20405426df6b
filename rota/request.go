package rota

import (
	"fmt"
	"time"
)

// Request is an absence and how it came about. Only what is approved is time away: until then it bars no duty
// and lowers no target, and the planner does not see it.
//
//	requested --Approve--> approved
//	requested --Refuse--> refused
type Request struct {
	Absence
	State   RequestState
	Asked   time.Time // UTC; zero for an absence that was entered as approved
	Decided time.Time // UTC; zero until somebody has
	Why     string    // it was refused; may be ""
}

// RequestState is how far an absence has come.
type RequestState string

// The states of an absence.
const (
	Requested RequestState = "requested"
	Approved  RequestState = "approved"
	Refused   RequestState = "refused"
)

// Approve grants what is asked for.
func (q Request) Approve(at time.Time) (Request, error) { return q.decide(Approved, "", at) }

// Refuse says no to what is asked for.
func (q Request) Refuse(why string, at time.Time) (Request, error) { return q.decide(Refused, why, at) }

func (q Request) decide(state RequestState, why string, at time.Time) (Request, error) {
	if q.State != Requested {
		return q, fmt.Errorf("absence %d is %s already: only what is requested can be %s", q.ID, q.State, state)
	}
	q.State, q.Why, q.Decided = state, why, at
	return q, nil
}

// Package rotatest judges rotas: it holds a checker that re-derives every hard rule from what the
// planner was given, and a small language in which a PCN manager can tell a story about a rota and say
// what should come of it.
//
// # The checker
//
// Check reads the fields of a rota.Problem and of a rota.Draft and works out again what the pattern
// asks for, at which instants, who may hold what, what each duty weighs and whose part of it is how
// much. It calls none of the planner's decisions, so a mistake would have to be made twice, in two
// different ways, to go unseen. CheckDuties does the same for a rota that is not a draft. CheckFair
// names everybody who is further from their target than the heaviest duty weighs although a move or
// two, tried by brute force, would bring them nearer, and festive periods that could go round better.
//
// # The language
//
// A scenario is a text file. A line holds one statement, made of a head and of clauses divided by
// commas; # begins a comment; names of more than one word stand in quotation marks. Lines are played
// from top to bottom: a leave that stands below a build is not known to it.
//
//	# Two practices, and one leader on parental leave in spring.
//	practice A "Park View"
//	practice B "Mill Lane"
//	leader L01 "Dr Aoife Kowalski", practice A, share 0.8, role "Clinical Director", registered GMC until 2030-04-29
//	leader L02 "Dr Vikram Evans", practice B, share 0.8, registered GMC, from 2020-05-09, until 2029-07-05
//	leader L03 "Farah Quigley", practice A, employee, new to on call
//	leader L04 "Wei D'Souza", practice B, qualified prescriber
//	away L01 annual 2027-03-12 to 2027-03-18
//	away L02 parental 2027-02-01 to 2027-03-07
//	away L03 every Thursday 2027-01-01 to 2027-12-31
//	wish L04 avoid Friday, weight 2
//
//	rota on-call, pattern weekly, tier first, tier second counts 0.5
//	rota on-call, different practices, newcomers need somebody experienced
//	build on-call from 2027-01-04 for 13 weeks, seed 7
//
//	expect covered
//	expect 26 duties
//	expect everybody within 9 points of target
//	expect L02 holds none from 2027-02-01 to 2027-03-07
//	expect L02 target below L01
//	expect on-call.first.20270308T0900 not held by L01
//	expect on-call.first.20270322T0900 counts 4 weekday, 12 festive
//
// Every build is checked by Check, Certify and CheckFair, and must be covered unless the scenario expects it to
// be uncoverable, whatever else is expected. A build with gaps allowed is never uncoverable: what is expected
// of gaps and conflicts is expected of the rota with its gaps.
//
// What can be said of the PCN, each of it before it is used:
//
//	zone ZONE                                  Europe/London where nothing is said
//	holiday DAY NAME                           a bank holiday of the PCN's own
//	no holiday DAY
//	practice CODE [NAME]
//	leader ID [NAME], practice CODE, share 0.8, role NAME, qualified NAME, registered BODY [until DAY],
//	    from DAY, until DAY, partner | employee | locum, new to on call
//	away ID KIND DAY [to DAY]                  annual, study, sick, parental, jury service, ...
//	away ID KIND DAY TIME to [DAY] TIME        for part of a day, or from one time to another
//	away ID every WEEKDAY DAY to DAY           a weekly non-working day
//	wish ID avoid | prefer WEEKDAY | DAY [to DAY], weight 1 | 2 | 3
//	held DUTY by ID                            holds it already, and keeps it
//	published DUTY by ID                       is in force so, until a repair says otherwise
//	pin DUTY to ID                             by hand: nobody else may hold it
//	forbid DUTY to ID                          by hand: anybody else may
//	balance ID owes | ahead 1.5 CATEGORY, ...  carried in from before
//
// and of its rotas, where a second line about the same rota adds to the first:
//
//	rota NAME, pattern NAME, tier NAME [counts 0.5] [shadow] [for WHOM], for WHOM, rules NAME [and NAME],
//	    rest 24 hours | 14 days, at most 2 duties in 7 days, at most 1 weekend in 3 weeks [at price 2], weekend together,
//	    newcomers need somebody experienced, different practices, registration required | not lapsed | ignored,
//	    points weekday 1 weekend 2 bank holiday 3 festive 4, tolerance 1 point
//	shift ROTA NAME WEEKDAY [to WEEKDAY] ..., TIME to TIME [next day | after 3 days],
//	    not on bank holidays | only on bank holidays, points ..., on site, work 1.5 hours a day
//
// Of meetings, which are a rota of their own called meetings:
//
//	meetings 0.5 points an hour, deputy counts 0.25, 4 hours after a night, while on call
//	meeting ID TITLE DAY TIME to TIME [every 14 days until DAY], who "any GP", deputies "any",
//	    at PLACE, travel 30 minutes, points 2
//
// WHOM is "role A or B", "practice A or B", "qualification A or B" or "leader A or B". A shift is one of
// a pattern of the PCN's own. What can be done:
//
//	build ROTA from DAY for 26 weeks | for 10 days | until DAY, seed 7, gaps allowed
//	publish ROTA                               its duties are held, its standings carried on
//	repair ROTA on DAY, freeze 14 days         fits what is published from that day on to what has changed
//
// and what can be expected of the rota built last:
//
//	expect covered
//	expect totals proved
//	expect nobody has a festive period again
//	expect nobody goes twice running to ID     of a series of meetings
//	expect 1 point spent                       of a tolerance, at least, by somebody
//	expect soft rules cost 4                   the prices of all that are not kept, together
//	expect nobody breaches a rule | fair       said for the reader: it is always checked
//	expect uncoverable DUTY [because ID "part of the reason" and ID "part of the reason"]
//	expect conflict DUTY [and DUTY] [because "part of a cause" and "part of a cause"]
//	expect remedy "part of it"                 it stands first among those of some conflict
//	expect 2 gaps | no gaps
//	expect DUTY open
//	expect 26 duties
//	expect no duty starts on DAY
//	expect note "part of a note"
//	expect DUTY held by ID [or ID] | not held by ID [or ID]
//	expect 3 duties move                       in the repair
//	expect DUTY moves [because "part of the reason"] | stays
//	expect nothing moves within the freeze window
//	expect DUTY lasts 14.5 hours
//	expect DUTY counts 3 weekday, 4 festive
//	expect ID | everybody within 3 points of target
//	expect ID target 12 to 15 points | below ID | above ID | 0.5 of ID
//	expect ID holds none | some | 3 | at least 3 | at most 3 [on TIER] [on DAY | from DAY to DAY]
//
// A DUTY is written as everywhere: on-call.first.20270104T1830 is the first tier of the shift that
// starts on 4 January 2027 at 18:30, meetings.deputy.lmc.20270112 the deputy at the meeting lmc of that day. Days from and to include both ends, and a duty counts there by the
// days it touches.
package rotatest

// Package rota decides who does what: it holds the domain of a Primary Care Network's leadership rota
// and the planner that shares duties out fairly. It is pure. It reads no clock, no file and no
// database; the same input and seed give the same rota on any machine.
//
// # From a pattern to a rota
//
// A Policy declares how a rota works: a pattern of shifts in civil time, its tiers, who is eligible,
// the points of a day on call and the rules. Policy.Duties expands it over a range of days into
// duties, one a shift and tier. Build finds a holder for each and returns a Draft.
//
// # Rules
//
// A RuleSet says what duties one leader may hold together. ReadyRuleSets has those of law and contract; sets
// can be joined and each rule changed. A Rule is hard, soft at a price, or hard for one employment and soft
// for the others. Build keeps every hard rule or says that it cannot; soft rules weigh as wishes do, after
// fairness, and what is not kept is told in Draft.Notes. Rules that count look at all rotas together. Time on
// call at home is work only as far as its shift expects it; on site all of it is.
//
// # Fairness
//
// Every duty weighs some points, counted by category. Its points are everybody's business: they are
// shared out, on paper, among all leaders who could in principle hold it on its day, in proportion to
// their share of a whole-time post (Part). The sum of a leader's parts is the leader's target. Whoever
// is on protected leave, not yet in post or gone has no part in the duties of that time, so a joiner
// starts level with the others and nobody pays back sick or parental leave; annual and study leave
// change nothing, because everybody has them.
//
// A leader's excess is what is held minus the target. Excesses are carried from rota to rota and never
// reset: what rounding leaves over this time is made good the next.
//
// One rota is fairer than another where its largest excess is smaller; where those are equal, the
// second largest, and so on. This order is called leximax, and a rota that is best by it is decreasingly
// minimal (Ogryczak, "On the lexicographic minimax approach to location problems", European Journal of
// Operational Research 100, 1997; Harvey, Ladner, Lovász and Tamir, "Semi-matchings for bipartite graphs
// and load balancing", Journal of Algorithms 59, 2006; Frank and Murota, "Decreasing minimization on
// M-convex sets", Mathematical Programming 195, 2022). Excesses are compared to the ten thousandth of a
// point, so that the rounding of parts decides nothing.
//
// Of two rotas the better is the one that comes first in this order. Hard rules are kept and every duty is
// covered in any case.
//
//  1. Leximax in the totals, then in festive days, in bank holidays, in weekends and in weekdays (Dimensions).
//     Weekdays are what the others leave of the total, but for who ends where among equals.
//  2. Festive periods go round. Christmas (24 to 26 December), New Year and Easter (Good Friday to Easter
//     Monday) are remembered over the years and over all rotas, from Problem.Held. A rota passes over
//     everybody who could have a period and has not, once for each who has it and had it since; it
//     does so as seldom as can be, so nobody has one again before all who could come have had it. Whoever
//     is on leave is not passed over and keeps their place in the line; a joiner is in front, once, and has
//     no years to catch up with. It stands after fairness because duties of one festive period weigh
//     as much as those of another: turns are taken by exchanging them, which costs nothing.
//  3. Taste, as one sum: wishes by their weight, weekly non-working days, prices of soft rules, and duties of
//     one leader that crowd in a week, or are the same part at two meetings of a series in a row.
//  4. Where a rota is in force for that time, as many duties as can be stay with who holds them.
//
// Policy.Tolerance, 0 unless the manager says otherwise, lets 2 and 3 cost fairness. Build takes the fairest
// rota it finds. With tolerance t it then looks for the rota that is best by 2, then 3, then 1, then 4 among those
// whose k-th largest excess, in each dimension of 1 and for every k, is at most t above the k-th largest of
// the fairest. Draft.Spent says what that cost and what it brought.
//
// Build searches from several starts, each with its own chance from the seed, and keeps the best by the
// order; of equals, the first. Problem.Effort counts work, not time, so the same problem gives the same
// rota on any machine. Problem.UntilStopped gives that up for a search that ends when the caller says.
//
// What was held before, whoever shared it out, comes into the same ledger by Record: its points are shared
// out like those of any duty, and what was held is held against that.
//
// A Pin settles an assignment by hand. It is a hard rule about one duty: targets do not change, the
// Certificate takes it into account, and PriceOfPins says what all of them cost.
//
// What cannot be covered is told by an Uncoverable: in each Conflict the fewest duties that cannot all be held,
// the causes that together stand in the way, and remedies, the cheapest first. It is any-time: where the work that it
// may take runs out, or Build is stopped while it explains, what is known by then is said, and marked as hurried.
// With Problem.AllowGaps the rota leaves the fewest duties open, and of those the lightest. They are shared out to
// nobody.
//
// Repair fits a rota in force to what has changed since: it moves the fewest duties, late rather than soon,
// and says what that costs in fairness.
//
// Watch looks at what is published with the eyes of today: what nobody holds, who cannot do what they hold any
// more, whose registration ends, which rota runs out.
//
// What happened while on call is a Call. Its hours can count points beside those of being on call (CallPoints,
// ShareCall), and a night that it disturbed asks for a LateStart, which is a warning and binds no rota. PatientData
// keeps patients out of notes.
//
// A Certificate comes with every draft: it proves for how many of the largest excesses no rota could do
// better, in exact integers that other code can check. About the total it says that no rota that keeps the rules is
// fairer. About a category it says that of no rota which is as fair in the total and in all heavier
// categories. The heavy days come in lumps, so that proof goes by cases: see Case. Weekdays, the lightest,
// are what the others leave; they are only bounded.
//
// # Who goes to meetings, and who sees to what
//
// Who represents the PCN at a meeting, and who deputises, are two duties of the rota Meetings. They weigh points of their own
// category, are shared out, built, explained and certified like any duty, and count in the same ledger: whoever is ahead on
// call is asked less often. Series that go by terms pin whoever was elected for the term (TermPins), so that continuity
// comes before spacing. Deputising goes round by times, of all that is published of a year before and of what is planned, because points would let
// one person stand by always; points are made even beside that. Nobody builds this rota by hand. Problem.Settle holds what is published against the
// meetings as they have become: what can stay stays, where a representative cannot come the deputy steps in, and only
// what is left is planned anew.
//
// A responsibility has no time at which somebody must be somewhere, so ShareOut deals its items one by one in order of the day
// they are due, each to whoever is furthest below their share; their deputies go round by times as well. Its points count in the ledger too, and a rota that is
// built afterwards makes up for them.
package rota

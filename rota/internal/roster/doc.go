// Package roster fills a horizon of days with shifts, to proven optimality where it can. It is the
// exact engine behind the public rostering benchmark: people have rules of their own (who may follow
// whom, how long to work and to rest, how many weekends, how many minutes), every shift of every day
// has a demand, and a roster is judged by missed demand and missed wishes. Days, shifts and people are
// numbers; all costs are integers.
//
// Demand is the only thing that couples people. With a price on every shift of every day, the best
// line of one person is a shortest path through that person's own rules, and that path serves three
// times. The local search takes a few people out of the roster and puts them back, each by the cheapest
// path when all others stand still. Column generation (Dantzig and Wolfe; Barnhart and others,
// Operations Research 46, 1998) asks for the cheapest path at the prices of a linear programme over all
// lines seen so far. And the sum of the cheapest paths at any prices at all, together with what the
// demand itself is worth at these prices, is a lower bound on every roster: the prices are rounded to
// integers first, so the bound is exact and trusts no floating point.
//
// A first roster comes from everybody choosing anew, a few times over, at prices that are soft at first
// and then ever sharper; the longer that takes, the better it gets, so it is done again between parts.
// On a horizon of half a year and more everybody only looks near their present line, which is several
// times quicker and leads as far. Where even the first look at everybody would take too long, as with shifts of many
// lengths over a year, first lines are sought near the straight way.
//
// The linear programme seldom comes out whole. Dives fix lines that are nearly chosen and solve again,
// and yield rosters; branching closes the gap, on who works on which weekend first, and then on demand
// met and on who works when. What can no longer be part of a better roster is taken out on the way, and
// the more the nearer the cost to beat is to the bound: so a tree aims just above the bound at first,
// and the next ones higher. Two workers share the best roster and the best bound: one searches, one
// proves.
//
// Nothing here reads a clock: the deadline comes with the context, and an effort in place of it makes
// a run repeatable.
package roster

// Package assign gives slots to people. It knows nothing of rotas, dates or points: a slot is a
// number, a person is a number, what may not go together is listed, and what should be even is a sum
// of integers in some dimensions. All arithmetic is in integers and all chance comes from the seed, so
// the same Problem gives the same Solution on any machine.
//
// A first assignment is made in stages, from the heaviest dimension down: large lumps by an exact search,
// the rest by small climbs that each stop where no split of the weights would be fairer. Mostly that is all.
// Where constraints between the stages stand in the way, the search goes on over everything at once.
//
// That search is late acceptance hill climbing (Burke and Bykov, European Journal of Operational
// Research 258, 2017): a random change is kept where it is no worse than the present state, or than
// the state of some steps ago. It needs no temperature and no tuning to the scale of the costs. The
// changes are to give a slot to somebody else, to let two people trade one slot for one or one for
// several, and, while a slot is open, to give it to somebody and open whatever stands in the way. At
// the end every single change and every trade is tried until none helps.
//
// The cost by which the search climbs is, from the heaviest part to the lightest: open slots; their weight; the
// weighted sum, over people and dimensions, of the square of the excess; who is passed over when something comes
// round; and the costs of single assignments and of crowding. A sum of squares is smallest where the
// excesses are even, and among all convex measures it is the one that every single change updates in
// constant time. The exact order takes over where the climb ends (settle.go), and a tolerance may be spent
// after that (spend.go).
package assign

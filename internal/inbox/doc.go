// Package inbox reads one message that came in by mail and says what it means to us: an answer to an invitation, a
// report that a message of ours did not arrive, or nothing. It is pure: what becomes of it is decided elsewhere.
//
// # Nothing is trusted
//
// Anybody can send us anything. A message is read within fixed bounds: its size, the depth and number of its parts,
// what is kept of each. Nothing is unpacked, no address in it is fetched, no text of it is shown to anybody but the
// administrator, and what goes beyond a bound is refused with a sentence. The calendar part is read by
// calendar.ReadReply, which no parser of somebody else's comes before.
//
// # Who says so
//
// The From of a message proves nothing. Where the PCN's own mail server checks senders, its verdict stands in the
// topmost Authentication-Results with its name (RFC 8601), and Letter.Vouched tells whether it vouches for the
// sender. Further down the same header may be forged, so no other is looked at.
//
// # Reports of failure
//
// Mail systems report in the form of RFC 3464, and some in plain words. A report is about a message of ours where it
// holds its Message-ID, which reports quote in many places: it is made from a digest and no other text looks like it.
package inbox

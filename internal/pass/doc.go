// Package pass makes and checks the secret end of a link that lets somebody do one thing: "confirm that you
// have seen this", "sign in". It is pure; where a pass leads and what it permits is for others to say.
//
// # A pass
//
// A pass is what it is for, a proof, and the number of a row:
//
//	confirm.kTq0VbY9w1dXh2mN8sRfLpZcUeJgAoDi.417
//
// The proof is HMAC-SHA256 (RFC 2104) of purpose and number under a key of 256 random bits that each PCN has
// for itself, cut to 192 bits, in base64url (RFC 4648, section 5). Nobody without the key can make a pass, or
// turn one into another. A pass ends in a digit, because mail programs leave a "-", "_" or "." out of a link
// that stands at the end of a sentence.
//
// # What is kept
//
// Nothing of a pass is stored, so there is nothing to steal from the outbox table, and a message that is
// composed twice has the same bytes. Whether a pass still counts (how often, until when, taken back) stands in
// the row that it numbers, and is decided there: a pass that checks is genuine and no more than that.
//
// # Who opens a link
//
// Mail is opened by machines before people see it: scanners fetch every link, some with HEAD. To fetch the
// address of a pass therefore shows a page with one button, and only the press of it, a POST, does anything.
package pass

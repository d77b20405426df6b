// Package web shows a PCN over HTTP: calendar feeds behind secret links, and pages for people.
//
// # A feed and its life
//
// A leader subscribes once, and a calendar program then asks for the same address for years. The address
// holds a secret of 256 random bits (NewToken); the database keeps only its SHA-256. A request finds its
// feed by that hash, in one step that is the same whether the link works, is revoked (410: calendar
// programs give up for good) or never existed (404: they keep what they have).
//
// What is sent depends only on what is published and on the civil day, never on the time of the request,
// so an unchanged feed is the same bytes with the same ETag and is answered with 304. The bytes are made
// in full before the first of them is sent: an empty or broken answer would empty somebody's calendar.
//
// Calendar programs switch a subscription off after a single 5xx. Where the database or the encoder
// fails, a feed is therefore answered with the bytes that were last good, as long as they are in memory.
//
// # Pages
//
// Who is on call now, for the switchboard and for a screen on a wall, the month of the team, and a leader's own pages:
// what comes next and why it is theirs, a month, points against the fair share, and how to subscribe. They are plain
// HTML without script, wear the NHS palette without its logo or font, and load nothing from anywhere else. What they say
// is decided by pure functions over rota types (line.go, month.go, mine.go); templates only lay it out.
//
// One comes to them by a door (door.go), which decides what is behind it and how its addresses begin:
//
//	/             everybody, where now_page = true
//	/see/{token}  a link to the team's pages (pcnrota page add)
//	/my/{token}   a leader's own link, that of their calendar
//	/me           a leader who is signed in
//
// Fairness and reasons look at everything that was ever published; they are kept until that changes (share.go). A screen
// on a wall asks again every minute by itself, and goes on with what was last read while the database is away.
//
// # Programs
//
// /api/v1 gives what the team's pages show as JSON, to whoever may see those; a link's secret comes as a bearer token.
// openapi.json describes it, and every answer is tested against it.
//
// # Acting
//
// Swaps, leave and handover notes are for leaders who have signed in (act*.go); the Desk does what they ask and knows
// the rules. Somebody signs in by a link that is mailed to them (signin.go), and stays so by a secret in a cookie, of
// which the hash is kept (session.go). To confirm a message needs no session: the pass in its link is the proof
// (errand.go).
//
//	GET  /do/{pass}  shows a page with one button, to people and mail scanners alike, and changes nothing
//	POST /do/{pass}  does what the pass is for: confirms, or uses a sign-in up and begins a session
//
// Every POST must come from a page of this site: the browser's word on its origin is checked, and, within a session, a
// token that only its pages hold. Whoever asks for a link is answered the same, in the same time, whether anybody has
// that address. After signing in, one is led to a page of a short list of shapes and never to an address as it was
// given.
//
// # Secrets
//
// Links and phone numbers stay out of the log: a log line names the route, "/feed/{file}", and never the
// path. No answer to a client tells what went wrong inside.
package web

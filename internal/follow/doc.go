// Package follow fetches calendars from addresses that leaders give. An address is a secret, and what
// stands behind it is nobody's friend: it may be slow, endless, compressed a thousandfold, or point into
// the network that the program runs in.
//
// Only https is spoken, and only with addresses of the public internet: the refusal happens when the
// connection is made, after the name has been looked up, so that no name can lead inside. Redirects are
// few and obey the same rules, sizes and times have limits, there are no cookies, and no address is in an
// error: what goes wrong is told in a sentence that names the machine and nothing after it.
package follow

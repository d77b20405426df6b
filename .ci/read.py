"""Reads a calendar with two independent libraries and compares what they find."""
import sys

import icalendar
import vobject

data = open(sys.argv[1], "rb").read()
expected = int(sys.argv[2])

calendar = icalendar.Calendar.from_ical(data)
events = list(calendar.walk("VEVENT"))
for event in events:
    assert not event.errors, event.errors
    assert event.decoded("DTEND") > event.decoded("DTSTART"), event["UID"]
assert len(events) == expected, (len(events), expected)
assert len({str(e["UID"]) for e in events}) == expected, "UIDs are not unique"

parsed = vobject.readOne(data.decode("utf-8"))
parsed.validate(raiseException=True)
starts = {str(e.uid.value): e.dtstart.value for e in parsed.vevent_list}
for event in events:
    assert starts[str(event["UID"])] == event.decoded("DTSTART"), event["UID"]
print(f"{expected} events read alike")

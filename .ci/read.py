"""Reads calendars with two independent libraries and compares what they find, and where a file beside a calendar says
what its texts are, with that."""
import json
import os
import sys

import icalendar
import vobject


def texts(event):
    """What python3-vobject shows of an event."""
    said = {name: getattr(event, name).value if hasattr(event, name) else "" for name in ("summary", "description", "location")}
    return {"uid": str(event.uid.value), **said, "categories": list(event.categories.value) if hasattr(event, "categories") else []}


def plainly(text):
    """Whether python3-icalendar 4.0.3, and khal with it, can read a text back: it undoes one kind of escape after the other,
    and so takes a backslash that somebody typed before an n for a line break."""
    return "\\" not in text


def read(path):
    data = open(path, "rb").read()
    calendar = icalendar.Calendar.from_ical(data)
    events = list(calendar.walk("VEVENT"))
    for event in events:
        assert not event.errors, event.errors
        assert event.decoded("DTEND") > event.decoded("DTSTART"), event["UID"]
    expected = data.count(b"\nBEGIN:VEVENT\r\n")
    assert len(events) == expected, (path, len(events), expected)
    assert len({str(e["UID"]) for e in events}) == expected, f"{path}: UIDs are not unique"

    parsed = vobject.readOne(data.decode("utf-8"))
    parsed.validate(raiseException=True)
    others = {str(e.uid.value): e for e in getattr(parsed, "vevent_list", [])}
    assert len(others) == expected, (path, len(others), expected)
    for event in events:
        other = others[str(event["UID"])]
        assert other.dtstart.value == event.decoded("DTSTART"), event["UID"]

    said = path.removesuffix(".ics") + ".json"
    if os.path.exists(said):
        want = {one["uid"]: one for one in json.load(open(said))}
        assert {uid: texts(e) for uid, e in others.items()} == want, path
        for event in events:
            for name in ("summary", "description", "location"):
                text = want[str(event["UID"])][name]
                assert not plainly(text) or str(event.get(name, "")) == text, (path, name, text)
    return expected


print(f"{sum(read(path) for path in sys.argv[1:])} events of {len(sys.argv) - 1} calendars read alike")

"""Plays the part of a calendar program with python3-icalendar and python3-vobject: reads invitations, answers one, and
looks what comes of it.

    exchange.py PCNROTA MESSAGE.eml ...

The messages are an invitation, its update and its cancellation. PCNROTA is the program; with it a meeting is
planned, invited to, declined by a calendar, moved and called off."""
import email
import email.policy
import glob
import json
import os
import subprocess
import sys
import tempfile

import icalendar
import vobject

pcnrota, goldens = sys.argv[1], sys.argv[2:]


def invitation(path):
    """The calendar part of a message, which must agree with the message around it and be read alike by both libraries."""
    with open(path, "rb") as f:
        message = email.message_from_binary_file(f, policy=email.policy.default)
    parts = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
    if not parts:
        return None
    assert list(message.walk())[-1] is parts[0], f"{path}: the calendar part is not the last"
    data = parts[0].get_payload(decode=True)
    calendar = icalendar.Calendar.from_ical(data)
    events = list(calendar.walk("VEVENT"))
    assert len(events) == 1 and not events[0].errors, (path, events)
    event = events[0]
    method = str(calendar["METHOD"])
    assert parts[0].get_param("method") == method, (path, method)
    sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    assert str(event["ORGANIZER"]) == f"mailto:{sender}", (path, event["ORGANIZER"])
    assert str(event["ATTENDEE"]) == f"mailto:{recipient}", (path, event["ATTENDEE"])
    other = vobject.readOne(data.decode("utf-8"))
    other.validate(raiseException=True)
    for name in ("uid", "summary", "location", "description", "status"):
        read = other.vevent.contents.get(name)
        assert (str(read[0].value) if read else None) == (str(event[name]) if name in event else None), (path, name)
    assert other.vevent.dtstart.value == event.decoded("DTSTART"), path
    assert int(other.vevent.sequence.value) == event["SEQUENCE"] and str(other.method.value) == method, path
    assert (method == "CANCEL") == (str(event["STATUS"]) == "CANCELLED"), path
    return {"method": method, "event": event, "to": recipient, "from": sender, "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"])}


def follows(steps):
    """Messages about one event: the methods in order, one UID, a sequence that rises."""
    assert [s["method"] for s in steps] == ["REQUEST"] * (len(steps) - 1) + ["CANCEL"], steps
    assert len({s["uid"] for s in steps}) == 1, steps
    numbers = [s["sequence"] for s in steps]
    assert numbers == sorted(set(numbers)), numbers


def run(*words, given=None):
    done = subprocess.run([pcnrota, *words], input=given, capture_output=True, check=False)
    assert done.returncode == 0, (words, done)
    return done.stdout.decode()


def sent():
    """Invitations that have come since the last time, by recipient and method."""
    run("remind", "send")
    new = sorted(set(glob.glob("outbox/*.eml")) - sent.known)
    sent.known.update(new)
    read = [i for i in map(invitation, new) if i]
    found = {(i["to"], i["method"]): i for i in read}
    assert len(found) == len(read), read
    return found


sent.known = set()


def reply(to, answer):
    """What a calendar program sends back, made by python3-icalendar."""
    calendar, event = icalendar.Calendar(), icalendar.Event()
    calendar.add("prodid", "-//exchange//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REPLY")
    for name in ("UID", "SEQUENCE", "DTSTART", "DTEND", "ORGANIZER", "SUMMARY"):
        event[name] = to["event"][name]
    event.add("dtstamp", to["event"].decoded("DTSTAMP"))
    event.add("attendee", f"mailto:{to['to']}", parameters={"partstat": answer})
    calendar.add_component(event)
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = to["to"], to["from"], "Declined"
    message.set_content("I cannot come.")
    message.add_alternative(calendar.to_ical(), "text", "calendar", params={"method": "REPLY"})
    return message.as_bytes()


def goes():
    shown = json.loads(run("meeting", "show", "Liaison", "--on", "2027-03-09", "--json"))
    return shown["leader_ids"], shown["deputy_id"]


follows([invitation(path) for path in goldens])

os.environ["PCNROTA_NOW"] = "2027-02-01T09:00:00Z"
with tempfile.TemporaryDirectory() as home:
    os.chdir(home)
    run("init")
    addresses = {}
    for n in "123":
        addresses[f"L{n}"] = f"l{n}@example.org"
        run("leader", "add", f"L{n}", "--name", f"Name {n}", "--email", f"l{n}@example.org")
        run("leader", "invite", f"L{n}")
    run("meeting", "add", "Liaison", "--body", "LMC", "--on", "2027-03-09", "--at", "19:00", "--who", "any", "--place", "Quay; room 2, left")
    (first,), deputy = goes()
    invited = sent()
    chief, second = invited[addresses[first], "REQUEST"], invited[addresses[deputy], "REQUEST"]
    assert len(invited) == 2 and chief["uid"] != second["uid"], invited
    assert str(chief["event"]["SUMMARY"]) == "Liaison" and str(second["event"]["SUMMARY"]) == "Deputy: Liaison"
    assert str(chief["event"]["LOCATION"]) == "Quay; room 2, left" and str(second["event"]["TRANSP"]) == "TRANSPARENT"

    got = json.loads(run("mail", "receive", "--json", given=reply(chief, "DECLINED")))
    assert got["result"] == "answer" and got["leader_id"] == first, got
    assert goes()[0] == [deputy], goes()
    changed = sent()
    follows([chief, changed[addresses[first], "CANCEL"]])
    follows([second, changed[addresses[deputy], "CANCEL"]])
    chief2 = changed[addresses[deputy], "REQUEST"]
    assert chief2["uid"] == chief["uid"] and chief2["sequence"] > chief["sequence"], chief2
    late = json.loads(run("mail", "receive", "--json", given=reply(chief, "ACCEPTED")))
    assert "which moves nobody" in late["says"] or late["result"] == "ignored", late

    got = json.loads(run("mail", "receive", "--json", given=reply(chief2, "ACCEPTED")))
    assert got["result"] == "answer" and goes()[0] == [deputy], got
    run("meeting", "move", "Liaison", "2027-03-09", "2027-03-09", "--at", "18:00")
    moved = sent()[addresses[deputy], "REQUEST"]
    assert moved["event"].decoded("DTSTART").hour == 18
    run("meeting", "cancel", "Liaison", "--on", "2027-03-09")
    follows([chief2, moved, sent()[addresses[deputy], "CANCEL"]])
print("a meeting was invited to, declined, handed on, accepted, moved and called off by mail")

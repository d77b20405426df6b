"""Reads the mailbox of ada over IMAP with Python's own libraries and writes the answer that a calendar program would."""

import email
import imaplib
import re
import sys
import time
from email import policy


def fetch():
    box = imaplib.IMAP4("127.0.0.1", 10143)
    box.login("ada", "secret")
    box.select("INBOX", readonly=True)
    _, found = box.search(None, "ALL")
    messages = []
    for number in found[0].split():
        _, data = box.fetch(number, "(RFC822)")
        messages.append(email.message_from_bytes(data[0][1], policy=policy.default))
    box.logout()
    return messages


for _ in range(60):
    messages = fetch()
    kinds = {str(m["X-PCNRota-Reminder"]).strip().split("/")[0] for m in messages}
    if {"test", "invitation"} <= kinds:
        break
    time.sleep(0.5)
assert {"test", "invitation"} <= kinds, kinds

ids = [str(m["Message-ID"]) for m in messages]
assert len(ids) == len(set(ids)), "a message came twice"
for m in messages:
    assert not m.defects, (m["Subject"], m.defects)
    assert m["Auto-Submitted"] == "auto-generated" and m["To"].addresses[0].addr_spec == "ada@pcn.example"
    parts = list(m.iter_parts())
    assert [p.get_content_type() for p in parts[:2]] == ["text/plain", "text/html"]
    for part in parts:
        assert not part.defects, part.defects
        assert part.get_content().strip(), part.get_content_type()

invitation = [m for m in messages if str(m["X-PCNRota-Reminder"]).strip().startswith("invitation/")][0]
part = list(invitation.iter_parts())[-1]
assert part.get_content_type() == "text/calendar" and part.get_param("method") == "REQUEST", part["Content-Type"]
ics = re.sub(r"\r?\n ", "", part.get_content())
uid = re.search(r"(?m)^UID:(\S+)", ics).group(1)
sequence = re.search(r"(?m)^SEQUENCE:(\d+)", ics).group(1)
assert re.search(r"(?m)^ORGANIZER\S*.*:mailto:rota@rota\.example\s*$", ics), ics
with open(sys.argv[1], "w", newline="") as f:
    f.write(
        "From: Ada <ada@pcn.example>\r\nTo: rota@rota.example\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\n"
        'Content-Type: text/calendar; method=REPLY; charset="utf-8"\r\n\r\n'
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}\r\nSEQUENCE:{sequence}\r\nDTSTAMP:{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}\r\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@pcn.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
print(f"{len(messages)} messages, {len(kinds)} kinds, all understood")

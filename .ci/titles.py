"""Compares the titles that khal lists, each ended by a mark, with those that a file says there are. khal joins lines and
reads with python3-icalendar: see read.py about backslashes. vdirsyncer gives events UIDs of its own."""
import json
import sys

want = [" ".join(one["summary"].split()) for one in json.load(open(sys.argv[1]))]
listed = [" ".join(title.split()) for title in open(sys.argv[2], encoding="utf-8", newline="\n").read().split("@@@")]
for title in want:
    assert title in listed or "\\" in title, (title, listed)
assert len(listed) - 1 == len(want), (len(listed) - 1, len(want))
print(f"{len(want)} titles listed as they are")

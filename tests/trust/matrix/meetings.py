"""Meetings: read by those invited (here, coordinators), called and kept by the lead."""

from tests.trust.matrix.rows import COORDINATORS, LEAD, LIFE, READERS, SIGNED_IN, both, get, post

MEETING = "/meetings/{meeting}"
INVITED = COORDINATORS | READERS

ROWS = [
    # The page about network life shows of meetings what the reader may see.
    get("overview.home", "/network-life/", LIFE),
    # Each sees those to which they are invited; lead and auditor see all.
    get("meetings.listing", "/meetings/", SIGNED_IN),
    get("meetings.meeting", MEETING, INVITED),
    get("meetings.calendar_file", MEETING + ".ics", INVITED),
    # Lead and auditor are told that they are not invited themselves.
    post("meetings.answer", MEETING + "/answer", INVITED, data={"answer": "coming"}),
    *both("meetings.call", "/meetings/new", LEAD),
    *both("meetings.change", MEETING + "/change", LEAD),
    *both("meetings.cancel", MEETING + "/cancel", LEAD),
    *both("meetings.minutes", "/meetings/{past_meeting}/minutes", LEAD),
    get("meetings.answers", MEETING + "/answers", READERS),
    get("meetings.answers_file", MEETING + "/answers.csv", READERS),
]

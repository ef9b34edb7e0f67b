"""What the page about network life shows of meetings: those called lately, and a search."""

from datetime import datetime

from flask import url_for

from booking.domain.permissions import Actor
from booking.foundation.web.network_life import FoundTitle, WhatIsNew
from booking.network.meetings import queries
from booking.network.meetings.models import Meeting

_KIND = "Meeting"


def what_is_new(*, actor: Actor, now: datetime, since: datetime) -> list[WhatIsNew]:
    """Return the coming meetings that were called since then, newest first."""
    return [
        WhatIsNew(meeting.title, _KIND, meeting.called_at, _url(meeting))
        for meeting in queries.called_since(actor, since, now=now)
    ]


def found(*, actor: Actor, text: str) -> list[FoundTitle]:
    """Return the meetings with `text` in their title, newest first."""
    return [FoundTitle(one.title, _KIND, _url(one)) for one in queries.titled(actor, text)]


def _url(meeting: Meeting) -> str:
    return url_for("meetings.meeting", public_id=meeting.public_id)

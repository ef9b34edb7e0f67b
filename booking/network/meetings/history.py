"""How acts about meetings are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db
from booking.network.meetings.models import Meeting

_MEETINGS = "Meetings"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about meetings are told."""
    return {name: act(_MEETINGS, words) for name, words in _SENTENCES.items()}


_SENTENCES = {
    "call_meeting": "called the meeting {subject}",
    "change_meeting": "changed the meeting {subject}",
    "cancel_meeting": "cancelled the meeting {subject}",
    "answer_meeting": "answered the invitation to the meeting {subject}",
    "keep_minutes": "saved the minutes of the meeting {subject}",
}


def namers() -> Sequence[Namer]:
    """Return how meetings are named."""
    return (Namer(("meetings",), _titles, Named("that is no longer kept")),)


def _titles(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(Meeting.id, Meeting.title).where(Meeting.id.in_(ids)))
    return {id_: Named(f"“{title}”") for id_, title in found}

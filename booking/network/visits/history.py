"""How acts about visits are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db
from booking.network.visits.models import StaffVisit

_VISITS = "Visits between schools"
_SENTENCES = {
    "open_visit": "opened the visit {subject}",
    "change_visit": "changed the visit {subject}",
    "cancel_visit": "cancelled the visit {subject}",
    "hand_visit_on": "handed the visit {subject} on to a coordinator",
    "ask_to_visit": "asked to come to the visit {subject}",
    "agree_to_visit": "said yes to a visitor of {subject}",
    "turn_visitor_down": "said no to a visitor of {subject}",
    "withdraw_from_visit": "withdrew from the visit {subject}",
    "note_visit": "wrote a note about the visit {subject}",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about visits are told."""
    return {name: act(_VISITS, words) for name, words in _SENTENCES.items()}


def namers() -> Sequence[Namer]:
    """Return how visits are named."""
    return (Namer(("staff_visits",), _titles, Named("that is no longer kept")),)


def _titles(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(
        select(StaffVisit.id, StaffVisit.title).where(StaffVisit.id.in_(ids))
    )
    return {id_: Named(f"“{title}”") for id_, title in found}

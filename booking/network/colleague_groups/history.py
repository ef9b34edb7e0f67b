"""How acts about groups are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db
from booking.network.colleague_groups.models import StaffGroup

_GROUPS = "Groups"
_SENTENCES = {
    "found_group": "founded the group {subject}",
    "change_group": "changed what is said about the group {subject}",
    "end_group": "ended the group {subject}",
    "begin_group_again": "began the group {subject} again",
    "join_group": "joined the group {subject}",
    "ask_to_join_group": "asked to join the group {subject}",
    "ask_into_group": "asked somebody into the group {subject}",
    "answer_group_ask": "answered who asked about the group {subject}",
    "leave_group": "left the group {subject}",
    "take_out_of_group": "took somebody out of the group {subject}",
    "let_lead_group": "let another member lead the group {subject}",
    "give_up_leading_group": "gave up leading the group {subject}",
    "take_lead_of_group": "took the lead of the group {subject}",
    "write_group_note": "wrote a note for the group {subject}",
    "take_group_note_back": "deleted a note of the group {subject}",
    "call_group_meeting": "called a meeting of the group {subject}",
}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about groups are told."""
    return {name: act(_GROUPS, words) for name, words in _SENTENCES.items()}


def namers() -> Sequence[Namer]:
    """Return how groups are named."""
    return (Namer(("staff_groups",), _names, Named("that is no longer kept")),)


def _names(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(StaffGroup.id, StaffGroup.name).where(StaffGroup.id.in_(ids)))
    return {id_: Named(f"“{name}”") for id_, name in found}

"""How acts about pupils and a school's list of them are told in a history."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from booking.foundation.audit import words as audit_words
from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, Related, act
from booking.foundation.db import db
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

_LIST = "The list of pupils"
_FIELDS = {
    "forename": "the first name",
    "surname": "the surname",
    "year_group": "the year group",
    "class_name": "the class",
    "parents": "the parents",
}


def _changes(facts: Mapping[str, Any]) -> Mapping[str, str]:
    """Name what changed; what it was and became is personal data, and never recorded."""
    label = {**_FIELDS}.get
    return {"changes": audit_words.changes(facts, lambda n: label(n, "details"), lambda *_: "")}


def _counts(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: len(facts[name]) for name in ("added", "changed") if name in facts}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about pupils are told."""
    return {
        "forget_pupil": act(_LIST, "erased a pupil who asked for it"),
        "forget_parent": act(_LIST, "erased a parent who asked for it"),
        "add_pupil": act(_LIST, "put {subject} on the list of pupils"),
        "change_pupil": act(
            _LIST, "{changes} of {subject}", "changed the details of {subject}", parts=_changes
        ),
        "remove_pupil": act(_LIST, "recorded that {subject} has left the school"),
        "import_pupils": act(
            _LIST,
            "imported a list of pupils: {added:pupil} added, {changed:pupil} changed",
            parts=_counts,
        ),
        "export_pupils": act(_LIST, "downloaded the list of pupils: {rows:pupil}"),
        "move_pupils_up": act(
            _LIST, "moved the pupils up into {school_year}: {moved:pupil} moved, {left:pupil} left"
        ),
        "undo_moving_up": act(_LIST, "took back the move of the pupils into {school_year}"),
    }


def namers() -> Sequence[Namer]:
    """Return how pupils are named."""
    return (Namer(("pupils",), named, Named("a pupil")),)


def named(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    """Name pupils to coordinators of their own school; to others, say only which school it is."""
    found = db.session.execute(
        select(Pupil.id, Pupil.forename, Pupil.surname, Pupil.school_id, School.name)
        .join(School, School.id == Pupil.school_id)
        .where(Pupil.id.in_(ids))
    )
    return {
        id_: Named(
            f"{forename} {surname}" if school_id in reads.school_ids else f"a pupil of {school}"
        )
        for id_, forename, surname, school_id, school in found
    }


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add to a pupil's history what was done to the whole list."""
    if table != "pupils":
        return None
    school = select(Pupil.school_id).where(Pupil.id == row_id)
    added_at = select(Pupil.added_at).where(Pupil.id == row_id).scalar_subquery()
    moves = ("move_pupils_up", "undo_moving_up")
    return (Related("schools", school, actions=moves, since=added_at),)

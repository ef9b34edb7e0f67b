"""How acts about rosters and registers are told in a history."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from booking.domain.registering import Aspect
from booking.foundation.audit.details import ActWords, Related, act
from booking.on_the_day.rosters import words
from booking.on_the_day.rosters.models import AccompanyingAdult

_DAY, _READ = "The register and the adults", "Who looked at the roster"
_DOWNLOADED = "downloaded the roster of {rows:pupil}, {health} health notes{subject.more}"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts on the day are told."""
    return {
        "mark_register": act(
            _DAY, "marked {subject} as {mark}{subject.more}", parts=lambda f: {"mark": _mark(f)}
        ),
        "name_adult": act(_DAY, "named an accompanying adult{school.more}{event_id.more}"),
        "remove_adult": act(
            _DAY, "took an accompanying adult off the list{school.more}{event_id.more}"
        ),
        "download_roster": act(
            _READ,
            f"{_DOWNLOADED}: {{columns}}",
            _DOWNLOADED,
            parts=lambda facts: {
                "health": "with" if facts.get("health") else "without",
                "columns": _columns(facts),
            },
        ),
        "read_health": act(
            _READ, "looked at the health notes of {rows:pupil}{school.more}{subject.more}"
        ),
    }


def _columns(facts: Mapping[str, Any]) -> str:
    columns = facts.get("columns")
    return ", ".join(columns) if columns else ""


def _mark(facts: Mapping[str, Any]) -> str:
    """Return what was marked; entries from before there were arrivals say only who was there."""
    if "present" in facts:
        old = {True: "there", False: "not there"}
        return old.get(facts["present"], "not yet seen")
    leaves = facts.get("aspect") == Aspect.DEPARTURE
    mark = words.MARKS.get(
        facts.get("mark") or "", "not left" if leaves else "not yet seen"
    ).lower()
    return f"{mark}, overtaken by a later mark" if facts.get("overtaken") else mark


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add the accompanying adults to an event's history."""
    if table != "events":
        return None
    adults = select(AccompanyingAdult.id).where(AccompanyingAdult.event_id == row_id)
    return (Related("accompanying_adults", adults),)

"""How acts about incidents, calls and counts are told: never what was written."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.days.events.models import EventDate
from booking.days.places import history as place_history
from booking.domain.incidents import STEP_WORDS, MissingStep
from booking.foundation.audit.details import (
    ActWords,
    HistoryReader,
    Named,
    Namer,
    Related,
    Topic,
    act,
)
from booking.on_the_day.incidents.models import Call, HeadCount, Incident, IncidentPupil

_NOTES, _COUNTS = "Incidents and calls", "Heads counted"


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        **{
            action: act(_NOTES, f"{did} {{subject}}{{event_id.more}}", topic=Topic.FAMILY)
            for action, did in {
                "write_incident": "wrote down",
                "change_incident": "corrected",
                "add_to_incident": "added to",
                "read_incident": "read",
                "close_incident": "closed",
                "reopen_incident": "opened again",
                "keep_incident": "set how long is kept",
            }.items()
        },
        **{
            action: act(
                _NOTES,
                f"{did}, “{{step_words}}”, in the search of {{subject}}{{event_id.more}}",
                topic=Topic.FAMILY,
                parts=lambda facts: {"step_words": STEP_WORDS[MissingStep(facts["step"])]},
            )
            for action, did in {"take_step": "took a step", "undo_step": "took back a step"}.items()
        },
        "note_call": act(_NOTES, "rang about {subject}{subject.more}", topic=Topic.FAMILY),
        "count_heads": act(
            _COUNTS,
            "counted {number:pupil} going {way}{event_id.more}, and not {before}",
            "counted {number:pupil} going {way}{event_id.more}",
        ),
        "set_day_times": act(
            _COUNTS,
            "set the call list to {call_after:minute} after the beginning, and 999 to "
            "{police_after:minute}{subject.more}",
        ),
    }


def namers() -> Sequence[Namer]:
    """Return how these rows are named."""
    return (
        Namer(("incidents",), _incidents, Named("an incident")),
        place_history.named_by_booking(Call),
        Namer(("head_counts",), _nothing, Named("a count")),
    )


def _incidents(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    return {id_: Named("an incident") for id_ in ids}


def _nothing(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    return {id_: Named("a count") for id_ in ids}


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add what was written down, rung and counted to the history of a place, pupil or event."""
    places = place_history.bookings_of(table, row_id)
    if places is None:
        return None
    about = select(IncidentPupil.incident_id).where(IncidentPupil.booking_id.in_(places))
    found = [
        Related("incidents", about),
        Related("calls", select(Call.id).where(Call.booking_id.in_(places))),
    ]
    if table == "events":
        dates = select(EventDate.id).where(EventDate.event_id == row_id)
        found[0] = Related("incidents", select(Incident.id).where(Incident.event_id == row_id))
        found.append(
            Related("head_counts", select(HeadCount.id).where(HeadCount.date_id.in_(dates)))
        )
    return tuple(found)

"""How acts about the way to an event are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, Related, act
from booking.foundation.db import db
from booking.on_the_day.travel.models import SeatShare, TravelPlan, VisitNotes
from booking.people.schools.models import School

_TRAVEL, _SEATS = "The way to an event", "Shared seats"


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "say_how_we_travel": act(_TRAVEL, "said how pupils travel{school.more}{event_id.more}"),
        "write_visit_notes": act(_TRAVEL, "wrote what schools need for their visit{event_id.more}"),
        "download_visit_pack": act(_TRAVEL, "downloaded the visit pack{school.more}{subject.more}"),
        "download_emergency_cards": act(
            _TRAVEL, "printed emergency cards{school.more}{subject.more}"
        ),
        "ask_for_seats": act(_SEATS, "asked for {seats:seat} for {subject}{event_id.more}"),
        "confirm_seats": act(_SEATS, "promised {seats:seat} to {subject}{event_id.more}"),
        "decline_seats": act(_SEATS, "declined {seats:seat} for {subject}{event_id.more}"),
        "take_back_seats": act(_SEATS, "took back {seats:seat} from {subject}{event_id.more}"),
        "withdraw_seats": act(_SEATS, "gave back {seats:seat} of {subject}{event_id.more}"),
        "call_off_seats": act(_SEATS, "ended the {seats:seat} of {subject}{event_id.more}"),
        "read_seat_news": act(
            _SEATS, "read what became of the {seats:seat} of {subject}{event_id.more}"
        ),
    }


def namers() -> Sequence[Namer]:
    """Return how these rows are named: seats by the school whose pupils sit on them."""
    return (
        Namer(("seat_shares",), _takers, Named("a school")),
        Namer(("travel_plans",), _plans, Named("a school’s way to an event")),
        Namer(("visit_notes",), _notes, Named("the host’s notes for visits")),
    )


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add how schools travel, and the seats they share, to an event's history."""
    if table != "events":
        return None
    plans = select(TravelPlan.id).where(TravelPlan.event_id == row_id)
    return (
        Related("travel_plans", plans),
        Related("seat_shares", select(SeatShare.id).where(SeatShare.plan_id.in_(plans))),
        Related("visit_notes", select(VisitNotes.id).where(VisitNotes.event_id == row_id)),
    )


def _takers(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(
        select(SeatShare.id, School.name)
        .join(School, School.id == SeatShare.school_id)
        .where(SeatShare.id.in_(ids))
    )
    return {id_: Named(name) for id_, name in found}


def _plans(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(
        select(TravelPlan.id, School.name)
        .join(School, School.id == TravelPlan.school_id)
        .where(TravelPlan.id.in_(ids))
    )
    return {id_: Named(f"the way of {name}") for id_, name in found}


def _notes(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    return dict.fromkeys(ids, Named("the notes for visits"))

"""A second opinion on places: what is stored, who is next in line, and what the trail must say.

Nothing here uses the code it judges: it reads rows, and works with fractions and a plain
search where the application packs keys into integers and walks a heap.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from itertools import combinations
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from booking.days.events.models import Event
from booking.days.places.models import Booking, Offer, Place, PlaceRequest
from booking.domain.booking_states import LIVE, SEATED, BookingState
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.people.schools.models import School

#: These entries give counts of what follows, not each place.
IN_BULK = {"allot_places", "set_quota"}
_REQUEST = (PlaceRequest.event_id, PlaceRequest.school_id, PlaceRequest.wanted)


@dataclass(frozen=True)
class Waiting:
    """A school that would take one more place, and what its turn depends on."""

    school_id: int
    turn: tuple[Any, ...]


def dump(connection: Connection) -> str:
    """Return a digest of every row of every table."""
    digest = sha256()
    for table in db.metadata.sorted_tables:
        rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
        digest.update(f"{table.name}{rows}".encode())
    return digest.hexdigest()


def _rows(connection: Connection, model: type, event_id: int) -> list[Any]:
    table = model.__table__  # type: ignore[attr-defined]
    return list(connection.execute(select(table).where(table.c.event_id == event_id)))


def holding(connection: Connection, event_id: int, *, without: int | None = None) -> Counter[int]:
    """Return how many places each school holds or is offered; place `without` is left out."""
    places = _rows(connection, Place, event_id)
    offers = _rows(connection, Offer, event_id)
    held = [p.school_id for p in places if p.school_id is not None and p.id != without]
    offered = [o.school_id for o in offers if o.state == "open" and o.place_id != without]
    return Counter(held + offered)


def waiting(connection: Connection, event_id: int, *, without: int | None = None) -> list[Waiting]:
    """Return who would take one more place, the next first."""
    [event] = connection.execute(select(Event.__table__).where(Event.__table__.c.id == event_id))
    schools = {s.id: s for s in connection.execute(select(School.__table__)) if s.left_on is None}
    held = holding(connection, event_id, without=without)
    found = []
    for request in _rows(connection, PlaceRequest, event_id):
        nth, cap = held[request.school_id] + 1, event.cap_per_school
        if request.school_id not in schools or nth > request.wants_now:
            continue
        if cap is not None and nth > cap:
            continue
        slug = schools[request.school_id].slug
        found.append(Waiting(request.school_id, _turn(event, request, slug, nth)))
    return sorted(found, key=lambda one: one.turn)


def _turn(event: Any, request: Any, slug: str, nth: int) -> tuple[Any, ...]:
    guarantee = event.guarantee if event.sharing == "fair_round" else 0
    punctual = request.in_time if request.late else nth
    received = request.received_before or 0
    ticket = sha256(f"{event.seed}\n{event.slug}\n{slug}".encode()).hexdigest()
    if nth > punctual:
        tier, level = 2, _level(event, request, nth)
    elif nth > guarantee:
        tier, level = 1, _level(event, request, nth)
    else:
        tier, level = 0, (Fraction(nth), 0)
    return tier, level, received, ticket, slug


def _level(event: Any, request: Any, nth: int) -> tuple[Fraction, int]:
    weight, received = request.weight or 1, request.received_before or 0
    if event.sharing == "first_come":
        return Fraction(request.arrival), nth
    if event.basis == "by_roll":
        return Fraction(2 * nth - 1, weight), 0
    if event.basis == "season":
        return Fraction(received + nth, weight), 0
    return Fraction(nth), 0


@dataclass(frozen=True)
class Snapshot:
    """Who is in which state: the trail must account for all of this."""

    bookings: dict[int, str]
    offers: dict[int, str]
    holders: dict[int, int | None]
    #: By event and school, because a withdrawn request's number may be used again.
    wanted: dict[tuple[int, int], int]
    last_entry: int

    @classmethod
    def take(cls) -> "Snapshot":
        """Read it from the database."""
        asks = db.session.execute
        newest = select(AuditEntry.id).order_by(AuditEntry.id.desc()).limit(1)
        return cls(
            bookings={id_: state.value for id_, state in asks(select(Booking.id, Booking.state))},
            offers={id_: state.value for id_, state in asks(select(Offer.id, Offer.state))},
            holders=dict(asks(select(Place.id, Place.school_id)).all()),
            wanted={(r.event_id, r.school_id): r.wanted for r in asks(select(*_REQUEST))},
            last_entry=db.session.scalar(newest) or 0,
        )


def retell(before: Snapshot, after: Snapshot) -> None:
    """Replay what happened from the trail alone, and arrive at what is stored."""
    statement = select(AuditEntry).where(AuditEntry.id > before.last_entry).order_by(AuditEntry.id)
    entries = list(db.session.scalars(statement))
    bookings, offers, holders = dict(before.bookings), dict(before.offers), dict(before.holders)
    for entry in entries:
        facts, subject = entry.facts, int(entry.subject_id or 0)
        if entry.subject_type == "bookings" and "after" in facts:
            assert bookings.get(subject) == facts["before"], f"{entry.action} out of order"
            bookings[subject] = facts["after"]
        elif entry.action == "offer_place":
            assert subject not in offers, "an offer is made once"
            _assert_still_waits(entry)
            offers[subject] = "open"
        elif entry.action == "end_offer":
            assert offers[subject] == "open", "an offer ends once"
            offers[subject] = facts["after"]
        elif entry.action == "receive_place":
            assert holders[subject] is None, "only a free place is received"
            holders[subject] = entry.school_id
        elif entry.action == "return_place":
            assert holders[subject] == entry.school_id, "a school returns its own place"
            holders[subject] = None
    assert bookings == after.bookings
    assert offers == after.offers
    if not IN_BULK & {entry.action for entry in entries}:
        assert holders == {p: s for p, s in after.holders.items() if p in holders}
        assert not [p for p, s in after.holders.items() if p not in holders and s is not None]
    _retell_requests(before, after, entries)


#: After these a school takes no more until it asks again, and after those it does.
_ENOUGH, _ASKS = {"end_offer", "return_place"}, {"request_places", "change_request", "set_quota"}


def _assert_still_waits(offer: AuditEntry) -> None:
    """Check that a school which gave a place or an offer back has asked since."""
    earlier = db.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.id < offer.id,
            AuditEntry.school_id == offer.school_id,
            AuditEntry.action.in_(_ENOUGH | _ASKS),
        )
        .order_by(AuditEntry.id.desc())
    )
    for entry in earlier:
        taken = entry.facts.get("after") in {"accepted", "withdrawn"}
        if entry.facts["event_id"] == offer.facts["event_id"] and not taken:
            assert entry.action in _ASKS, f"{offer.school_id} takes no more"
            return


def _retell_requests(before: Snapshot, after: Snapshot, entries: list[AuditEntry]) -> None:
    named = Counter(
        (e.facts["event_id"], e.school_id) for e in entries if e.subject_type == "place_requests"
    )
    changed = {
        key
        for key in before.wanted | after.wanted
        if before.wanted.get(key) != after.wanted.get(key)
    }
    assert {key: named[key] for key in changed} == dict.fromkeys(changed, 1)


def assert_sound(event: Event) -> None:
    """Check what must always be true of one event's places."""
    places = list(db.session.scalars(select(Place).where(Place.event_id == event.id)))
    live = [place for place in places if place.removed_at is None]
    assert len(live) == event.places
    assert all(place.school_id is None for place in places if place.removed_at is not None)
    bookings = list(db.session.scalars(select(Booking).where(Booking.event_id == event.id)))
    seats = Counter(b.place_id for b in bookings if b.state in SEATED)
    assert None not in seats
    assert not [place for place, count in seats.items() if count > 1]
    pupils = Counter(b.pupil_id for b in bookings if b.state in LIVE)
    assert not [pupil for pupil, count in pupils.items() if count > 1]
    held = {place.id: place.school_id for place in live}
    assert all(held[b.place_id] == b.school_id for b in bookings if b.state in SEATED)
    offered = [
        o.place_id
        for o in db.session.scalars(select(Offer).where(Offer.event_id == event.id))
        if o.state == "open"
    ]
    assert len(set(offered)) == len(offered)
    assert all(held.get(place, 0) is None for place in offered)
    if event.state == "published" and event.first_starts_at > clock.now():
        assert not [b for b in bookings if b.state in LIVE and b.pupil.left_at is not None]
    ranks = [(b.school_id, b.reserve_rank) for b in bookings if b.state == "reserve"]
    assert len(set(ranks)) == len(ranks)
    for booking in bookings:
        if booking.state is BookingState.LAPSED and booking.place_id is not None:
            _assert_told(booking)


def _assert_told(booking: Booking) -> None:
    """Check that no place was lost before the event began that its family never heard of."""
    if booking.ended_at < booking.event.first_starts_at:
        assert booking.invitation_sent_at is not None
        assert booking.reminder_sent_at is not None


def free(event: Event) -> list[Place]:
    """Return the places that no school holds or is offered."""
    offered = select(Offer.place_id).where(Offer.event_id == event.id, Offer.state == "open")
    return list(
        db.session.scalars(
            select(Place).where(
                Place.event_id == event.id,
                Place.school_id.is_(None),
                Place.removed_at.is_(None),
                Place.id.not_in(offered),
            )
        )
    )


def assert_nobody_at_two_events() -> None:
    """Check that no pupil was given a seat at a second event while sitting at another.

    Two seats may overlap only where a date was moved after both were given: the host may move it,
    and the coordinators are told.
    """
    seated = list(db.session.scalars(select(Booking).where(Booking.state.in_(SEATED))))
    for one, two in combinations(seated, 2):
        if one.pupil_id == two.pupil_id and _overlap(one.event, two.event):
            since = max(one.named_at, two.named_at)
            assert _was_moved({one.event_id, two.event_id}, since=since), f"{one} and {two}"


def _overlap(one: Event, two: Event) -> bool:
    return any(
        here.starts_at < there.ends_at and there.starts_at < here.ends_at
        for here in one.dates
        for there in two.dates
    )


def _was_moved(event_ids: set[int], *, since: datetime) -> bool:
    statement = select(AuditEntry).where(
        AuditEntry.action == "change_event",
        AuditEntry.subject_id.in_([str(id_) for id_ in event_ids]),
        AuditEntry.at >= since,
    )
    return any("dates" in entry.facts["fields"] for entry in db.session.scalars(statement))

"""Whether the database has everything that was acknowledged, once, and nothing too much.

Reads the tables afresh for each question and shares no code with the services that it judges.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from bench.chaos.journal import Fact
from booking.days.allocation.models import Round
from booking.days.events.models import Event, EventState
from booking.days.places.models import Booking, Offer, OfferState, Place, PlaceRequest
from booking.domain.booking_states import SEATED
from booking.domain.registering import PRESENT
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.tokens import token_hash
from booking.money.bids.models import Bid, BidApproval
from booking.money.checkout.models import Consent, Needs
from booking.money.payments.models import Payment, Refund
from booking.on_the_day.rosters.models import RegisterMark
from booking.people.pupils.models import ParentLink, Pupil
from booking.people.schools.models import Person, School
from booking.upkeep import doctor

#: What is known by words that only one person typed: at most one row may have them.
MARKED: dict[str, Any] = {
    "took cash": Payment.reference,
    "refunded": Refund.reason,
    "added a pupil": Pupil.surname,
    "bid": Bid.title,
    "consented": Consent.given_by,
}
MARKS = {
    "took cash": "cash ",
    "refunded": "refund ",
    "added a pupil": "Newcomer ",
    "bid": "Course ",
    "consented": "Parent 0",
}
#: Of the newest such acts only the last one counts; a copy of the past may already have a newer.
LAST_COUNTS = {"asked for places", "marked"}


#: What nobody keeps for longer than two weeks after the day: needs, and where links led.
DELETED = {"told needs", "told the day", "sent answers", "declined"}


@dataclass(frozen=True)
class Found:
    """One thing that is not as it was promised."""

    kind: str
    words: str


def lost(facts: Iterable[Fact], unheard: set[tuple[str, str]], *, newest: bool) -> Iterator[Found]:
    """Yield what was acknowledged and is not there.

    With `newest`, nothing has happened since, so that the last value counts.
    """
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, []).append(fact)
    for kind, same in by_kind.items():
        if kind in MARKED:
            held = _rows(select(MARKED[kind]))
            missing = [fact for fact in same if fact.about not in held]
        elif kind in LAST_COUNTS:
            missing = _last(kind, same, unheard, newest=newest)
        elif kind in HELD:
            have = HELD[kind]()
            missing = [fact for fact in same if not _wanted(fact) <= have]
        else:
            continue
        for fact in missing:
            yield Found("lost", f"{kind}: {_plain(fact)} {fact.value}")


def _wanted(fact: Fact) -> set[Any]:
    """Return what must all be there for one act."""
    if fact.kind == "named":
        slug, *pupils = fact.about.split()
        return {(slug, pupil) for pupil in pupils}
    if fact.about.startswith("/parent/"):
        return {token_hash(fact.about.removeprefix("/parent/"))}
    return {fact.about}


def _plain(fact: Fact) -> str:
    return "a parent's link" if fact.about.startswith("/parent/") else fact.about


def _last(
    kind: str, facts: list[Fact], unheard: set[tuple[str, str]], *, newest: bool
) -> list[Fact]:
    held = _asked() if kind == "asked for places" else _marks()
    last = {fact.about: fact for fact in facts}
    return [
        fact
        for about, fact in last.items()
        if about not in held
        or (newest and held[about] != fact.value and (kind, about) not in unheard)
    ]


def _rows(statement: Any) -> set[Any]:
    return set(db.session.scalars(statement))


def _asked() -> dict[str, str]:
    rows = select(Event.slug, School.slug, PlaceRequest.wanted).where(
        PlaceRequest.event_id == Event.id, PlaceRequest.school_id == School.id
    )
    return {f"{event} {school}": str(wanted) for event, school, wanted in db.session.execute(rows)}


def _marks() -> dict[str, str]:
    rows = select(Booking.public_id, RegisterMark.arrival).where(
        RegisterMark.booking_id == Booking.id
    )
    return {
        about: "Here" if how in PRESENT else "Not here" for about, how in db.session.execute(rows)
    }


def _named() -> set[Any]:
    rows = select(Event.slug, Pupil.public_id).where(
        Booking.event_id == Event.id, Booking.pupil_id == Pupil.id
    )
    return {tuple(row) for row in db.session.execute(rows)}


def _moved(action: str) -> set[Any]:
    """Return the bookings of which the trail says that this was done."""
    done = _rows(select(AuditEntry.subject_id).where(AuditEntry.action == action))
    rows = db.session.execute(select(Booking.id, Booking.public_id))
    return {public_id for id_, public_id in rows if str(id_) in done}


def _links(condition: Any) -> set[Any]:
    """Return the hashes of the links to the bookings that a condition is true of."""
    return _rows(select(ParentLink.token_hash).where(ParentLink.booking_id.in_(condition)))


def _approved() -> set[Any]:
    rows = (
        select(Bid.public_id, Person.email)
        .select_from(BidApproval)
        .join(Bid, Bid.id == BidApproval.bid_id)
        .join(Person, Person.id == BidApproval.person_id)
    )
    return {f"{bid} {email}" for bid, email in db.session.execute(rows)}


HELD: dict[str, Callable[[], set[Any]]] = {
    "named": _named,
    "withdrew": lambda: _moved("withdraw_booking"),
    "declined": lambda: _links(select(Consent.booking_id).where(Consent.given.is_(False))),
    "approved": _approved,
    "told needs": lambda: _links(select(Needs.booking_id)),
    "told the day": lambda: _links(select(Needs.booking_id)),
    "sent answers": lambda: _links(select(Needs.booking_id).where(Needs.sent_at.is_not(None))),
    "ran a round": lambda: _rows(select(Event.slug).join(Round, Round.event_id == Event.id)),
    "cancelled": lambda: _rows(select(Event.slug).where(Event.state == EventState.CANCELLED)),
    "accepted an offer": lambda: _rows(
        select(Offer.public_id).where(Offer.state == OfferState.ACCEPTED)
    ),
}


def doubled() -> Iterator[Found]:
    """Yield what was done more often than once for one pressing of a button."""
    for kind, column in MARKED.items():
        rows = (
            select(column, func.count())
            .where(column.startswith(MARKS[kind]))
            .group_by(column)
            .having(func.count() > 1)
        )
        for words, times in db.session.execute(rows):
            yield Found("double", f"{kind}: {words}, {times} times")


def amounts_wrong(facts: Iterable[Fact]) -> Iterator[Found]:
    """Yield cash and refunds whose amount is not what was typed."""
    rows = [
        *db.session.execute(select(Payment.reference, Payment.amount_pence)),
        *db.session.execute(select(Refund.reason, Refund.amount_pence)),
    ]
    held = {words: int(pence) for words, pence in rows}
    for fact in facts:
        if fact.kind in {"took cash", "refunded"} and held.get(fact.about, -1) != int(fact.value):
            yield Found("pence", f"{fact.about}: {held.get(fact.about)}, not {fact.value}")


def oversold() -> Iterator[Found]:
    """Yield places with more than one pupil, and pupils on places that are not there."""
    rows = select(Booking.event_id, Booking.place_id).where(Booking.state.in_(SEATED))
    seated = Counter((int(event), place) for event, place in db.session.execute(rows))
    standing = select(Place.event_id, Place.id).where(Place.removed_at.is_(None))
    there = {(int(event), place) for event, place in db.session.execute(standing)}
    for (event, place), pupils in seated.items():
        if pupils > 1 or (event, place) not in there:
            which = f"place {place}" if (event, place) in there else "a place that is not there"
            yield Found("oversold", f"event {event}: {pupils} pupils on {which}")


def unsound() -> Iterator[Found]:
    """Yield what the doctor finds; it also verifies the ledger and the seals."""
    db.session.rollback()
    for check, problems in doctor.examine():
        if check.promise in PURGES:
            continue
        for problem in problems:
            yield Found("unsound", f"{check.promise}: {problem}")
    db.session.rollback()


#: A run moves the clock by months and purges nothing in between.
PURGES = {"Nothing is kept too long"}

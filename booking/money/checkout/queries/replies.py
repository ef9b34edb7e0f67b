"""Reads of checkout: what a private link opens, the answers, and the state of the money."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.booking_states import ENDED, SEATED
from booking.domain.charging import FeeKind
from booking.domain.payment_states import HELD, FundingStatus, PaymentState
from booking.foundation.db import db
from booking.foundation.tokens import token_hash
from booking.money.checkout import words
from booking.money.checkout.models import Consent, Funding, Needs
from booking.money.payments.models import Payment, PaymentLine
from booking.people.pupils.models import ParentLink, Pupil

SWEEP_MAX = 200


@dataclass(frozen=True)
class Reply:
    """What has been answered since the pupil was last invited."""

    booking: Booking
    consent: Consent | None
    needs: Needs | None
    funding: Funding | None

    @property
    def consented(self) -> bool:
        """Whether the newest answer is yes."""
        return self.consent is not None and self.consent.given

    @property
    def stands(self) -> bool:
        """Whether the newest answer is yes to the event as it is now: its days, place and host."""
        return self.consented and self.consent is not None and stands(self.consent, self.booking)

    @property
    def told_day(self) -> bool:
        """Whether getting home and the emergency contact have been answered."""
        return self.needs is not None and self.needs.emergency_phone is not None

    @property
    def complete(self) -> bool:
        """Whether everything has been answered and sent."""
        return self.consented and self.needs is not None and self.needs.sent_at is not None


@dataclass(frozen=True)
class MoneyRow:
    """The status of one pupil's fee, for the pupil's own school."""

    booking: Booking
    funding: Funding | None
    lines: list[PaymentLine]


def link_by_token(token: str) -> ParentLink | None:
    """Return a parent's link, whatever its state."""
    return db.session.scalar(
        select(ParentLink)
        .where(ParentLink.token_hash == token_hash(token))
        .options(joinedload(ParentLink.parent))
    )


def has_answered() -> ColumnElement[bool]:
    """Return the condition that a booking's parent has answered everything since the invitation."""
    return (
        exists()
        .where(
            Needs.booking_id == Booking.id,
            Needs.sent_at.is_not(None),
            Needs.answered_at >= Booking.invited_at,
        )
        .correlate(Booking)
    )


def booking_with_event(booking_id: int) -> Booking:
    """Return a booking with everything that the parent's pages show."""
    return db.session.scalars(
        select(Booking)
        .where(Booking.id == booking_id)
        .options(
            joinedload(Booking.pupil).selectinload(Pupil.parents),
            joinedload(Booking.school),
            joinedload(Booking.event).joinedload(Event.host_school),
            joinedload(Booking.event).selectinload(Event.dates),
            joinedload(Booking.event).selectinload(Event.fee_parts),
        )
    ).one()


def reply(booking: Booking) -> Reply:
    """Return the answers to the current invitation; those to an older one no longer count."""
    since = booking.invited_at
    consent = db.session.scalar(
        select(Consent)
        .where(Consent.booking_id == booking.id)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
        .limit(1)
    )
    needs = db.session.get(Needs, booking.id)
    if since is not None and consent is not None and consent.given_at < since:
        consent = None
    if since is not None and needs is not None and needs.answered_at < since:
        needs = None
    return Reply(booking, consent, needs, db.session.get(Funding, booking.id))


def stands(consent: Consent, booking: Booking) -> bool:
    """Return whether an answer was given to the event as it is now.

    An answer from before digests were kept is compared by its words.
    """
    if consent.facts_digest:
        return consent.facts_digest == words.consent_facts(booking.event).digest
    same = (words.consent(booking), words.consent(booking, words.COMPARED))
    return consent.wording_hash in {said.hash for said in same}


def money_rows(event_id: int, school_id: int) -> list[MoneyRow]:
    """Return the status of the fee for each pupil of one school, sorted only by name."""
    paid_for = select(PaymentLine.booking_id).where(PaymentLine.event_id == event_id)
    bookings = db.session.scalars(
        select(Booking)
        .join(Booking.pupil)
        .where(
            Booking.event_id == event_id,
            Booking.school_id == school_id,
            Booking.state.in_(SEATED) | Booking.id.in_(paid_for),
        )
        .options(joinedload(Booking.pupil))
        .order_by(Pupil.surname, Pupil.forename, Booking.id)
    ).all()
    ids = [booking.id for booking in bookings]
    asked = select(Funding).where(Funding.booking_id.in_(ids))
    funding = {row.booking_id: row for row in db.session.scalars(asked)}
    lines: dict[int, list[PaymentLine]] = {}
    for line in db.session.scalars(
        select(PaymentLine)
        .where(PaymentLine.booking_id.in_(ids))
        .options(joinedload(PaymentLine.payment))
        .order_by(PaymentLine.id)
    ):
        lines.setdefault(line.booking_id, []).append(line)
    return [MoneyRow(b, funding.get(b.id), lines.get(b.id, [])) for b in bookings]


def linked(parent_id: int, booking_ids: Iterable[int]) -> set[int]:
    """Return which of these bookings a parent has a current private link to."""
    return set(
        db.session.scalars(
            select(ParentLink.booking_id).where(
                ParentLink.parent_id == parent_id,
                ParentLink.booking_id.in_(booking_ids),
                ParentLink.revoked_at.is_(None),
            )
        )
    )


def has_invited(event_id: int) -> bool:
    """Return whether any parent has ever been invited to an event."""
    invited = exists().where(Booking.event_id == event_id, Booking.invited_at.is_not(None))
    return bool(db.session.scalar(select(invited)))


def standings(event_id: int) -> dict[FundingStatus, tuple[int, int]]:
    """Return, for each status of the fee, how many of an event's pupils, and the pence asked.

    A family that has still to be given its letter has not been asked.
    """
    counted = db.session.execute(
        select(Funding.status, func.count(), func.sum(Funding.asked_pence))
        .join(Booking, Booking.id == Funding.booking_id)
        .where(
            Booking.event_id == event_id,
            Booking.state.in_(SEATED),
            ~place_queries.is_to_ask_on_paper(),
        )
        .group_by(Funding.status)
    )
    return {status: (count, int(pence)) for status, count, pence in counted}


def held_lines(booking_id: int) -> list[PaymentLine]:
    """Return a booking's lines of payments from which we still hold money."""
    return list(
        db.session.scalars(
            select(PaymentLine)
            .join(PaymentLine.payment)
            .where(PaymentLine.booking_id == booking_id, Payment.state.in_(HELD))
            .options(contains_eager(PaymentLine.payment), selectinload(PaymentLine.refunds))
            .order_by(PaymentLine.id)
        )
    )


def held_lines_of_event(event_id: int) -> list[tuple[PaymentLine, Booking]]:
    """Return an event's lines of payments from which we still hold money, with their bookings."""
    rows = db.session.execute(
        select(PaymentLine, Booking)
        .join(PaymentLine.payment)
        .join(Booking, Booking.id == PaymentLine.booking_id)
        .where(PaymentLine.event_id == event_id, Payment.state.in_(HELD))
        .options(contains_eager(PaymentLine.payment), selectinload(PaymentLine.refunds))
        .order_by(PaymentLine.id)
    )
    return [(line, booking) for line, booking in rows]


def lines_with_bookings(reference: str) -> list[tuple[PaymentLine, Booking]]:
    """Return what a payment is for, line by line, with all that the family's page shows."""
    rows = db.session.execute(
        select(PaymentLine, Booking)
        .join(PaymentLine.payment)
        .join(Booking, Booking.id == PaymentLine.booking_id)
        .where(Payment.public_id == reference)
        .options(
            contains_eager(PaymentLine.payment),
            selectinload(PaymentLine.refunds),
            joinedload(Booking.pupil),
            joinedload(Booking.event),
        )
        .order_by(PaymentLine.number)
    )
    return [(line, booking) for line, booking in rows]


def held_line_ids_of_event(event_id: int) -> list[int]:
    """Return the ids of an event's lines of payments from which we still hold money."""
    return list(
        db.session.scalars(
            select(PaymentLine.id)
            .join(PaymentLine.payment)
            .where(PaymentLine.event_id == event_id, Payment.state.in_(HELD))
            .order_by(PaymentLine.id)
        )
    )


def payments_to_close(*, limit: int = SWEEP_MAX) -> list[Payment]:
    """Return open payments with a part no longer wanted: a place ended, or a fee was settled.

    If one parent has contributed, the other may still do so too.
    """
    nothing_asked = Funding.status.in_((FundingStatus.REMITTED, FundingStatus.SCHOOL_PAID))
    charge_paid = (Funding.status == FundingStatus.RECEIVED) & exists().where(
        Event.id == PaymentLine.event_id, Event.fee_kind == FeeKind.CHARGE
    )
    unwanted = (
        exists()
        .where(
            PaymentLine.payment_id == Payment.id,
            PaymentLine.booking_id == Booking.id,
            Booking.state.in_(ENDED)
            | exists().where(Funding.booking_id == Booking.id, nothing_asked | charge_paid),
        )
        .correlate(Payment)
    )
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.state == PaymentState.OPENED, Payment.session_id.is_not(None), unwanted)
            .order_by(Payment.id)
            .limit(limit)
        )
    )


def open_payments(booking_ids: Iterable[int]) -> list[Payment]:
    """Return the payments for any of these bookings that are waiting for money, oldest first."""
    concerned = select(PaymentLine.payment_id).where(PaymentLine.booking_id.in_(booking_ids))
    return list(
        db.session.scalars(
            select(Payment)
            .where(Payment.id.in_(concerned), Payment.state == PaymentState.OPENED)
            .options(selectinload(Payment.lines))
            .order_by(Payment.id)
        )
    )

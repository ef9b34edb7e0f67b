"""Families for tests: a pupil named into a place, a private link, answers, payments."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.events.details import CostDetails
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout
from booking.money.checkout.details import PaymentWish
from booking.money.clearing import service as clearing
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.payments.models import Payment, PaymentLine
from booking.people.pupils.models import Parent
from booking.people.schools.models import School
from tests.builders import events, places, pupils, schools
from tests.builders.rewritten import rewritten

#: Where a fee goes in these tests: the parts do not divide evenly by much.
PARTS = (("speaker", 340, Fund.EVENTS), ("administration", 60, Fund.ADMIN), ("CPD", 200, Fund.CPD))
FEE_PENCE = 600
#: A budget that covers the charge for twelve pupils.
COSTS = (CostDetails("speaker and room", 9000),)


@dataclass(frozen=True)
class Family:
    """A pupil with a place to answer about, and the private link of the pupil's parent."""

    booking: Booking
    parent: Parent
    token: str

    @property
    def url(self) -> str:
        """Return the path of the private link."""
        return f"/parent/{self.token}"


@rewritten
def make_fee_event(kind: FeeKind, *, host: School | None = None, **details: Any) -> Event:
    """Return a published event with a fee kind: £6.00 = £3.40 + £0.60 + £2.00."""
    if kind is FeeKind.CHARGE:
        # A charge is for an optional extra: on a Saturday, costed, and its CPD share explained.
        now = clock.now()
        details.setdefault("dates", [events.one_date(_saturday(now))])
        details.setdefault("cost_lines", COSTS)
        details.setdefault("fee_reason", "The governors agreed to the share for training.")
    if kind is not FeeKind.FREE:
        details.setdefault("fee_pence", FEE_PENCE)
        details.setdefault("fee_parts", [FeePart(*part) for part in PARTS])
    return events.make_event(host=host, fee_kind=kind, **details)


@rewritten
def make_family(
    event: Event,
    *,
    school: School | None = None,
    parent_name: str = "Sam Okoro",
    parent_email: str = "sam.okoro@parents.example",
    forename: str = "Ada",
) -> Family:
    """Name a pupil for a place at the event, and keep the parent's private link."""
    school = school or schools.make_school()
    pupil = pupils.make_pupil(
        school=school,
        forename=forename,
        surname="Okoro",
        year_group=event.low_year,
        parent_name=parent_name,
        parent_email=parent_email,
        parent_phone="07700 900123",
    )
    booking = places.make_booking(event=event, school=school, pupil=pupil)
    return link(booking, booking.pupil.parents[0])


@rewritten
def link(booking: Booking, parent: Parent) -> Family:
    """Give a parent one more private link to a booking."""
    with transaction():
        booking = db.session.get_one(Booking, booking.id)
        parent = db.session.get_one(Parent, parent.id)
        _, url = invitations.new_link(booking.event, booking, parent, now=clock.now())
    return Family(booking, parent, url.rpartition("/")[2])


def answers(**changes: Any) -> checkout.Answers:
    """Return answers to everything a parent is asked."""
    facts = {
        "given_by": "Sam Okoro",
        "emergency_name": "Sam Okoro",
        "emergency_phone": "+447700900123",
        **changes,
    }
    return checkout.Answers(**facts)


@rewritten
def answer(family: Family, **changes: Any) -> Booking:
    """Answer everything and send it."""
    with transaction():
        booking = db.session.get_one(Booking, family.booking.id)
        return checkout.answer(
            actor=PARENT,
            now=clock.now(),
            booking=booking,
            answers=answers(**changes),
            parent_id=family.parent.id,
        )


def begin(family: Family, amount_pence: int | None = None) -> str:
    """Go to the card payment page; return the session's id."""
    wishes = [PaymentWish(family.booking.id, amount_pence)]
    paying = checkout.begin(parent_id=family.parent.id, wishes=wishes)
    return paying.url.rpartition("/")[2]


def pay_at_demo_processor(session_id: str, *, slowly: bool = False) -> None:
    """Pay on the demo card processor's page, without coming back."""
    with transaction():
        row = demo_gateway.found(session_id, locked=True)
        demo_gateway.pay(row=row, now=clock.now(), slowly=slowly)


def pay(family: Family, amount_pence: int | None = None) -> Payment:
    """Pay at the demo card processor and settle."""
    session_id = begin(family, amount_pence)
    pay_at_demo_processor(session_id)
    checkout.settle(session_id)
    return db.session.scalars(select(Payment).where(Payment.session_id == session_id)).one()


def without_tokens(body: bytes) -> bytes:
    """Return a page without what differs each time: its form token and its request's reference."""
    return re.sub(rb'name="(?:csrf_token|form_key)" value="[^"]*"', b"", body)


def session_of(family: Family) -> str:
    """Return the payment page on which a family paid."""
    found = select(Payment.session_id).join(PaymentLine, PaymentLine.payment_id == Payment.id)
    return str(db.session.scalar(found.where(PaymentLine.booking_id == family.booking.id)))


def fail_refund(family: Family, reason: str, amount_pence: int = 100) -> str:
    """Give some of a family's money back at the demo card processor, which cannot pay it out."""
    with transaction():
        line = db.session.scalars(
            select(PaymentLine).where(PaymentLine.booking_id == family.booking.id)
        ).one()
        refund = checkout.refund(
            actor=COMMAND, now=clock.now(), line=line, reason=reason, amount_pence=amount_pence
        )
        reference, session_id = refund.public_id, line.payment.session_id
    checkout.execute_refunds(clock.now())
    with transaction():
        row = demo_gateway.found(str(session_id), locked=True)
        demo_books.fail_refund(row, key=f"refund:{reference}", now=clock.now())
    clearing.hear_missed(clock.now())
    return reference


def after_choice() -> datetime:
    """Return a time when money from an event cancelled now no longer waits for its family."""
    return clock.now() + timedelta(days=checkout.CHOICE_DAYS + 1)


def _saturday(now: datetime) -> datetime:
    on = now.astimezone(LONDON).date() + timedelta(days=60)
    while on.weekday() != 5:
        on += timedelta(days=1)
    return datetime.combine(on, time(10, 0), tzinfo=LONDON)

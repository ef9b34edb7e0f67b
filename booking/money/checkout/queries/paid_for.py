"""What payments are for: events and schools, and never a child or a family."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.db import db
from booking.foundation.web import addresses
from booking.money.payments.models import Payment, PaymentLine
from booking.people.schools.models import School


@dataclass(frozen=True)
class PaidPlace:
    """One place that a payment is for, as the fund's pages name it."""

    payment: str
    event: str
    event_slug: str
    first_starts_at: datetime | None
    school: str
    pence: int
    refunded_pence: int

    @property
    def url(self) -> str:
        """Return the page of the payment."""
        return addresses.FUND_PAYMENT(public_id=self.payment)

    @property
    def words(self) -> str:
        """Return the event and the school: "Fossil hunt, Tindlebrook Primary School"."""
        return f"{self.event}, {self.school}"


def paid_for(payment_ids: Collection[int]) -> Mapping[int, list[PaidPlace]]:
    """Return what each of these payments is for, place by place, in one query."""
    found = (
        select(PaymentLine, Payment.public_id, Event, School.name)
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .join(Event, Event.id == PaymentLine.event_id)
        .join(Booking, Booking.id == PaymentLine.booking_id)
        .join(School, School.id == Booking.school_id)
        .where(PaymentLine.payment_id.in_(payment_ids))
        .order_by(PaymentLine.payment_id, PaymentLine.number)
    )
    places: dict[int, list[PaidPlace]] = {}
    for line, payment, event, school in db.session.execute(found):
        place = PaidPlace(
            payment,
            event.title,
            event.slug,
            event.first_starts_at,
            school,
            line.amount_pence,
            line.refunded_pence,
        )
        places.setdefault(line.payment_id, []).append(place)
    return places

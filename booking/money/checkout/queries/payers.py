"""How many families paid for events, which decides whether their money may be shown."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from booking.days.places.models import Booking
from booking.foundation.db import db
from booking.money.payments.models import Payment, PaymentLine
from booking.people.pupils.models import PupilParent


def of_events(event_ids: Sequence[int]) -> Mapping[int, int]:
    """Return, for each event by id, how many families' money is still here; in one query.

    A family is the parent who paid or, on paper, the pupil's first parent: brothers and sisters
    count once.
    """
    first_parent = (
        select(func.min(PupilParent.parent_id))
        .where(PupilParent.pupil_id == Booking.pupil_id)
        .correlate(Booking)
        .scalar_subquery()
    )
    family = func.coalesce(Payment.parent_id, first_parent)
    counted = (
        select(PaymentLine.event_id, func.count(family.distinct()))
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .join(Booking, Booking.id == PaymentLine.booking_id)
        .where(
            PaymentLine.event_id.in_(event_ids),
            Payment.paid_at.is_not(None),
            PaymentLine.refunded_pence < PaymentLine.amount_pence,
        )
        .group_by(PaymentLine.event_id)
    )
    return {event_id: count for event_id, count in db.session.execute(counted)}

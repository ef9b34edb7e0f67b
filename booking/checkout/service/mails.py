"""The mails of checkout. No subject names a pupil, and no mail says a word of health."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from booking.checkout.service import posting
from booking.db import db
from booking.domain import charging, terms
from booking.domain.charging import FeeKind
from booking.events import letters
from booking.events.models import Event
from booking.notifications import service as notifications
from booking.payments.models import Method, Payment, Refund
from booking.places.models import Booking
from booking.places.service import invitations
from booking.pupils.models import Parent

METHOD_WORDS = {
    Method.CARD: "by card",
    Method.CASH: "in cash",
    Method.CHEQUE: "by cheque",
    Method.BANK_TRANSFER: "by bank transfer",
}


def receipt(payment: Payment, booking: Booking, *, now: datetime) -> None:
    """Send a receipt for a charge, or thanks for a contribution, with the event's file."""
    event = booking.event
    template = "receipt" if event.fee_kind is FeeKind.CHARGE else "contribution_thanks"
    published = posting.parts(event)
    divided = charging.parts_of(payment.amount_pence, published) if published else ()
    for parent in _payers(payment, booking):
        notifications.queue(
            key=f"receipt:{payment.public_id}:{parent.id}",
            to=parent.email,
            template=template,
            now=now,
            attachment=letters.calendar_file(event),
            **_words(payment, booking, parent),
            method_words=METHOD_WORDS[payment.method],
            parts=divided,
            breakdown=charging.breakdown_sentence(payment.amount_pence, divided),
            paid_at=payment.paid_at,
        )


def payment_returned(payment: Payment, booking: Booking, *, reason: str, now: datetime) -> None:
    """Tell at once that money which arrived cannot stay, and goes back by itself."""
    for parent in _payers(payment, booking):
        notifications.queue(
            key=f"payment_returned:{payment.public_id}:{parent.id}",
            to=parent.email,
            template="payment_returned",
            now=now,
            **_words(payment, booking, parent),
            reason=reason,
        )


def refund_sent(refund: Refund, booking: Booking, *, now: datetime) -> None:
    """Tell that a refund is on its way to the card, or was given back by the school."""
    for parent in _payers(refund.payment, booking):
        notifications.queue(
            key=f"refund_sent:{refund.public_id}:{parent.id}",
            to=parent.email,
            template="refund_sent",
            now=now,
            **{**_words(refund.payment, booking, parent), "amount_pence": refund.amount_pence},
            reason=refund.reason,
            by_card=refund.payment.method is Method.CARD,
        )


def remind_of_contribution(booking: Booking, *, now: datetime) -> None:
    """Mention a contribution once more, with a fresh link to the parent's page."""
    event = booking.event
    for parent in invitations.reachable_parents(booking):
        _, url = invitations.new_link(event, booking, parent, now=now)
        notifications.queue(
            key=f"contribution_reminder:{booking.id}:{booking.invited_at}:{parent.id}",
            to=parent.email,
            template="contribution_reminder",
            now=now,
            parent_name=parent.name,
            event=event,
            school_name=booking.school.name,
            when_texts=_when(event),
            reminder=charging.contribution_reminder(event.fee_pence),
            action_url=url,
            action_label="Read more",
        )


def _payers(payment: Payment, booking: Booking) -> Iterable[Parent]:
    if payment.parent_id is not None:
        return [db.session.get_one(Parent, payment.parent_id)]
    return invitations.reachable_parents(booking)


def _words(payment: Payment, booking: Booking, parent: Parent) -> dict[str, Any]:
    return {
        "parent_name": parent.name,
        "pupil_forename": booking.pupil.forename,
        "school_name": booking.school.name,
        "event": booking.event,
        "when_texts": _when(booking.event),
        "amount_pence": payment.amount_pence,
        "reference": payment.public_id,
    }


def _when(event: Event) -> list[str]:
    return [terms.span_text(date.starts_at, date.ends_at) for date in event.dates]

"""Mail from checkout. No subject names a pupil, and no mail mentions health."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from booking.days.events import details as event_details
from booking.days.events import mail as event_mail
from booking.days.events import words as event_words
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.domain import charging
from booking.domain.charging import FeeKind
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.web import addresses
from booking.money.checkout import locks
from booking.money.payments.models import Method, Refund
from booking.people.pupils.models import Parent

METHOD_WORDS = {
    Method.CARD: "by card",
    Method.CASH: "in cash",
    Method.CHEQUE: "by cheque",
    Method.BANK_TRANSFER: "by bank transfer",
}


def receipt(held: locks.HeldLine, *, now: datetime) -> None:
    """Send a receipt for a charge, or thanks for a contribution, with the event's calendar file.

    A payment for several bookings gets a receipt for each: their breakdowns and files differ.
    """
    event, line, payment = held.event, held.line, held.payment
    template = "receipt" if event.fee_kind is FeeKind.CHARGE else "contribution_thanks"
    published = event_details.fee_parts(event)
    divided = charging.parts_of(line.amount_pence, published) if published else ()
    for parent in _payers(held):
        notifications.queue(
            key=f"receipt:{line.key}:{parent.id}",
            to=parent.email,
            template=template,
            now=now,
            attachment=event_mail.calendar_file(event),
            **_words(held, parent),
            method_words=METHOD_WORDS[payment.method],
            parts=divided,
            breakdown=charging.breakdown_sentence(line.amount_pence, divided),
            paid_at=payment.paid_at,
        )


def payment_returned(held: locks.HeldLine, *, reason: str, now: datetime) -> None:
    """Tell a family straight away that its payment cannot be kept and is being returned."""
    for parent in _payers(held):
        notifications.queue(
            key=f"payment_returned:{held.line.key}:{parent.id}",
            to=parent.email,
            template="payment_returned",
            now=now,
            **_words(held, parent),
            reason=reason,
        )


def refund_sent(held: locks.HeldLine, refund: Refund, *, now: datetime) -> None:
    """Tell a family that a refund is on its way to its card, or was handed back by the school."""
    for parent in _payers(held):
        notifications.queue(
            key=f"refund_sent:{refund.public_id}:{parent.id}",
            to=parent.email,
            template="refund_sent",
            now=now,
            **{**_words(held, parent), "amount_pence": refund.amount_pence},
            reason=refund.reason,
            by_card=held.payment.method is Method.CARD and not refund.instead,
        )


def refund_failed(held: locks.HeldLine, refund: Refund, *, now: datetime) -> None:
    """Tell a family that a refund to its card failed, and that somebody is dealing with it."""
    for parent in _payers(held):
        notifications.queue(
            key=f"refund_failed:{refund.public_id}:{parent.id}",
            to=parent.email,
            template="refund_failed",
            now=now,
            **{**_words(held, parent), "amount_pence": refund.amount_pence},
        )


def refund_choice(held: locks.HeldLine, refund: Refund, *, until_text: str, now: datetime) -> bool:
    """Tell a family when its money will go back, and that it may give it instead.

    Return whether there was anybody to write to; if not, there is nothing to wait for.
    """
    payers = [parent for parent in _payers(held) if parent.email]
    for parent in payers:
        page = addresses.PARENT_REFUND
        _, url = invitations.new_link(held.event, held.booking, parent, now=now, page=page)
        notifications.queue(
            key=f"refund_choice:{refund.public_id}:{parent.id}",
            to=parent.email,
            template="refund_choice",
            now=now,
            **{**_words(held, parent), "amount_pence": refund.amount_pence},
            until_text=until_text,
            action_url=url,
            action_label="Read more",
        )
    return bool(payers)


def remind_of_contribution(booking: Booking, *, now: datetime) -> None:
    """Remind a parent about a contribution, with a new link to the parent's page."""
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
            when_texts=event_words.dates(event),
            reminder=charging.contribution_reminder(event.fee_pence),
            action_url=url,
            action_label="Read more",
        )


def _payers(held: locks.HeldLine) -> Iterable[Parent]:
    if held.payment.parent_id is not None:
        return [db.session.get_one(Parent, held.payment.parent_id)]
    return invitations.reachable_parents(held.booking)


def _words(held: locks.HeldLine, parent: Parent) -> dict[str, Any]:
    booking, payment = held.booking, held.payment
    several = payment.amount_pence != held.line.amount_pence
    return {
        "parent_name": parent.name,
        "pupil_forename": booking.pupil.forename,
        "school_name": booking.school.name,
        "event": held.event,
        "when_texts": event_words.dates(held.event),
        "amount_pence": held.line.amount_pence,
        #: What was paid in total, if it was for several bookings; 0 if it was for this one alone.
        "whole_pence": payment.amount_pence if several else 0,
        "reference": payment.public_id,
    }

"""Mail from checkout, to parents about their own child. No mail mentions health."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from booking.days.events import details as event_details
from booking.days.events import mail as event_mail
from booking.days.events import words as event_words
from booking.days.places import ports as place_ports
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.days.places.service import mail as place_mail
from booking.domain import charging
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.checkout import locks, words
from booking.money.checkout.models import Objection
from booking.money.payments.models import Instead, Method, Payment, Refund
from booking.people.pupils.models import Parent
from booking.people.schools import queries as school_queries


class PlaceNews(StrEnum):
    """What became of a place by the act of one parent, so that the other is told."""

    #: Consent and every answer sent; a charge is still to be paid.
    ANSWERED = "answered"
    #: Consent given again, after the event had moved.
    RENEWED = "renewed"
    DECLINED = "declined"
    GIVEN_BACK = "given_back"
    #: Photos, the way home and whom to ring, which another parent had told.
    DAY_CHANGED = "day_changed"


def receipt(held: locks.HeldLine, *, now: datetime) -> None:
    """Send a receipt for a charge, or thanks for a contribution, with the event's calendar file.

    A payment for several bookings gets a receipt for each: their breakdowns and files differ.
    """
    event, line, payment = held.event, held.line, held.payment
    template = "receipt" if event.fee_kind is FeeKind.CHARGE else "contribution_thanks"
    published = event_details.fee_parts(event)
    divided = charging.parts_of(line.amount_pence, published) if published else ()
    for parent in _payers(held.payment, held.booking):
        notifications.queue(
            key=f"receipt:{line.key}:{parent.id}",
            to=parent.email,
            template=template,
            now=now,
            attachment=event_mail.calendar_file(event),
            **_words(held, parent),
            **_link(held, parent, now=now),
            host_phone=event.host_school.office_phone,
            method_words=words.METHODS[payment.method],
            parts=divided,
            paid_at=payment.paid_at,
        )


def place_news(booking: Booking, news: PlaceNews, *, of: str, now: datetime) -> None:
    """Tell all of a pupil's parents straight away what became of the place; no parent is named.

    Each gets a link of their own, by which they can object. `of` tells one such act from another.
    """
    event = booking.event
    for parent in invitations.reachable_parents(booking):
        _, url = invitations.new_link(event, booking, parent, now=now)
        notifications.queue(
            **invitations.of_family(booking),
            key=f"place_news:{booking.id}:{news}:{of}:{parent.id}",
            to=parent.email,
            template="place_news",
            now=now,
            keep_until=event.last_ends_at,
            news=news.value,
            parent_name=parent.name,
            event=event,
            when_texts=event_words.dates(event),
            action_url=url,
            action_label="See the place",
        )


def ask_again(booking: Booking, *, changed: Sequence[str], of: str, now: datetime) -> None:
    """Ask all of a pupil's parents whether the event as it is now is still fine.

    It takes the place of the mail that only says what has changed: its key is the same.
    """
    event = booking.event
    for parent in invitations.reachable_parents(booking):
        _, url = invitations.new_link(event, booking, parent, now=now)
        facts: dict[str, Any] = {
            **invitations.of_family(booking),
            "to": parent.email,
            "template": "ask_again",
            "now": now,
            "attachment": event_mail.calendar_file(event),
            "changed": list(changed),
            "parent_name": parent.name,
            "event": event,
            "when_texts": event_words.dates(event),
            "where": event_words.where(event),
            "practicalities": event.practicalities,
            "contact": ", ".join(filter(None, (event.contact_name, event.contact_phone))),
            "action_url": url,
            "action_label": "Still fine?",
        }
        own_key = f"ask_again:{booking.id}:{of}:{parent.id}"
        shared_key = event_mail.changed_key(event, f"parent:{parent.id}")
        # Of two children at one event each is asked about, and the change is told once.
        until = event.last_ends_at
        if not changed or notifications.queue(key=shared_key, keep_until=until, **facts) is None:
            notifications.queue(key=own_key, keep_until=until, **facts)


def objection(found: Objection, booking: Booking, *, now: datetime) -> None:
    """Tell the school's coordinators that a parent does not agree."""
    coordinators = school_queries.coordinators(booking.school_id)
    for person in coordinators:
        notifications.queue(
            key=f"objection:{found.id}:person:{person.id}",
            # What a parent said concerns the home school alone.
            reply_to=school_queries.mailbox_of(one for one in coordinators if one is not person),
            to=person.email,
            template="objection",
            now=now,
            keep_until=booking.event.last_ends_at,
            name=person.name,
            pupil=place_mail.short_name(booking),
            event=booking.event,
            took_back=found.took_back,
            action_url=absolute_url(addresses.OBJECTION(public_id=found.public_id)),
            action_label="See what was said",
        )


def payment_returned(held: locks.HeldLine, *, reason: str, now: datetime) -> None:
    """Tell a family straight away that its payment cannot be kept and is being returned."""
    for parent in _payers(held.payment, held.booking):
        notifications.queue(
            key=f"payment_returned:{held.line.key}:{parent.id}",
            to=parent.email,
            template="payment_returned",
            now=now,
            **_words(held, parent),
            reason=reason,
            by_card=held.payment.method is Method.CARD,
        )


def refund_sent(held: locks.HeldLine, refund: Refund, *, now: datetime) -> None:
    """Tell a family that a refund is on its way to its card, or was handed back by the school."""
    for parent in _payers(held.payment, held.booking):
        notifications.queue(
            key=f"refund_sent:{refund.public_id}:{parent.id}",
            to=parent.email,
            template="refund_sent",
            now=now,
            **{**_words(held, parent), "amount_pence": refund.amount_pence},
            reason=refund.reason,
            by_card=held.payment.method is Method.CARD and not refund.instead,
            by_transfer=held.payment.is_at_network or refund.instead == Instead.BANK_TRANSFER,
        )


def refund_failed(held: locks.HeldLine, refund: Refund, *, now: datetime) -> None:
    """Tell a family that a refund to its card failed, and that somebody is dealing with it."""
    for parent in _payers(held.payment, held.booking):
        notifications.queue(
            key=f"refund_failed:{refund.public_id}:{parent.id}",
            to=parent.email,
            template="refund_failed",
            now=now,
            **{**_words(held, parent), "amount_pence": refund.amount_pence},
        )


def receipt_undone(held: locks.HeldLine, *, reason: str, now: datetime) -> None:
    """Tell a family that its receipt was a mistake, and why."""
    for parent in _payers(held.payment, held.booking):
        notifications.queue(
            key=f"receipt_undone:{held.line.key}:{parent.id}",
            to=parent.email,
            template="receipt_undone",
            now=now,
            **_words(held, parent),
            reason=reason,
            confirmed=held.booking.state is BookingState.CONFIRMED,
        )


def refund_undone(held: locks.HeldLine, refund: Refund, *, reason: str, now: datetime) -> None:
    """Tell a family that a refund was marked as handed back by mistake."""
    for parent in _payers(held.payment, held.booking):
        notifications.queue(
            key=f"refund_undone:{refund.public_id}:{parent.id}",
            to=parent.email,
            template="refund_undone",
            now=now,
            **{**_words(held, parent), "amount_pence": refund.amount_pence},
            reason=reason,
        )


def refund_choice(
    held: locks.HeldLine, refund: Refund, *, until: datetime, until_text: str, now: datetime
) -> bool:
    """Tell a family when its money will go back, and that it may give it instead.

    Return whether there was anybody to write to; if not, there is nothing to wait for. Of two
    parents nobody knows who handed money in at school, so neither may give the other's away.
    """
    parent = chooser(held.payment, held.booking)
    if parent is not None:
        page = addresses.PARENT_REFUND
        _, url = invitations.new_link(held.event, held.booking, parent, now=now, page=page)
        notifications.queue(
            key=f"refund_choice:{refund.public_id}:{parent.id}",
            to=parent.email,
            template="refund_choice",
            now=now,
            keep_until=until,
            **{**_words(held, parent), "amount_pence": refund.amount_pence},
            until_text=until_text,
            action_url=url,
            action_label="Read more",
        )
    return parent is not None


def chooser(payment: Payment, booking: Booking) -> Parent | None:
    """Return the one parent who may choose what becomes of a line's money, if there is one."""
    payers = [parent for parent in _payers(payment, booking) if parent.email]
    return payers[0] if len(payers) == 1 else None


def remind_of_contribution(booking: Booking, *, now: datetime) -> None:
    """Remind a parent about a contribution, with a new link to the parent's page."""
    event = booking.event
    for parent in invitations.reachable_parents(booking):
        _, url = invitations.new_link(event, booking, parent, now=now)
        notifications.queue(
            **invitations.of_family(booking),
            key=f"contribution_reminder:{booking.id}:{booking.invited_at}:{parent.id}",
            to=parent.email,
            template="contribution_reminder",
            now=now,
            keep_until=event.last_ends_at,
            parent_name=parent.name,
            event=event,
            when_texts=event_words.dates(event),
            reminder=charging.contribution_reminder(event.fee_pence),
            way_to_pay=place_ports.ways_to_pay([(booking, parent)], now=now)[0],
            action_url=url,
            action_label="Read more",
        )


def _payers(payment: Payment, booking: Booking) -> Iterable[Parent]:
    if payment.parent_id is not None:
        return [db.session.get_one(Parent, payment.parent_id)]
    return invitations.reachable_parents(booking)


def _link(held: locks.HeldLine, parent: Parent, *, now: datetime) -> dict[str, Any]:
    """Return a button for a new private link, if the school still writes to this parent."""
    ends_at = held.event.last_ends_at
    if ends_at is not None and ends_at + invitations.LINK_LIVES_ON <= now:
        return {}
    if parent not in invitations.reachable_parents(held.booking):
        return {}
    _, url = invitations.new_link(held.event, held.booking, parent, now=now)
    return {"action_url": url, "action_label": "See the place"}


def _words(held: locks.HeldLine, parent: Parent) -> dict[str, Any]:
    booking, payment = held.booking, held.payment
    several = payment.amount_pence != held.line.amount_pence
    return {
        **invitations.of_family(booking),
        "parent_name": parent.name,
        "event": held.event,
        "when_texts": event_words.dates(held.event),
        "amount_pence": held.line.amount_pence,
        #: What was paid in total, if it was for several bookings; 0 if it was for this one alone.
        "whole_pence": payment.amount_pence if several else 0,
        "reference": payment.public_id,
    }

"""Mail with a file for the reader's calendar: confirmed places, and deadlines moved at once."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.events import ical
from booking.days.events import labels as event_labels
from booking.days.events import mail as event_mail
from booking.days.events import queries as event_queries
from booking.days.events import words as event_words
from booking.days.events.details import REFRESH_LAG, EventDetails
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.domain import terms
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url, base_url
from booking.foundation.web import addresses
from booking.money.checkout.models import Funding
from booking.money.checkout.queries import replies
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: The deadlines for coordinators.
DEADLINES = {
    "requests_close_at": ical.Deadline.REQUESTS,
    "naming_close_at": ical.Deadline.NAMING,
}


def tell_of_confirmation(
    booking: Booking, *, actor: Actor, now: datetime, **_facts: object
) -> None:
    """Send the parents the event for their calendars, once for each invitation.

    Not to whoever gets a receipt for a charge, because the same file is attached to it. The other
    parent is told that the place is confirmed, in words that do not say who paid.
    """
    event = booking.event
    if booking.state is not BookingState.CONFIRMED:
        return
    with_receipt, facts = _with_receipt(booking), invitations.of_family(booking)
    for parent in invitations.reachable_parents(booking):
        if parent.id in with_receipt:
            continue
        _, url = invitations.new_link(event, booking, parent, now=now)
        notifications.queue(
            key=f"booking_confirmed:{booking.id}:{booking.invited_at}:{parent.id}",
            to=parent.email,
            template="booking_confirmed",
            now=now,
            keep_until=event.last_ends_at,
            **facts,
            attachment=event_mail.calendar_file(event),
            parent_name=parent.name,
            host_phone=event.host_school.office_phone,
            event=event,
            years=event_words.years(event),
            when_texts=event_words.dates(event),
            action_url=url,
            action_label="See the place",
        )


def _with_receipt(booking: Booking) -> set[int]:
    """Return the parents who get a receipt: who paid, or all for money handed in at school."""
    if booking.event.fee_kind is not FeeKind.CHARGE:
        return set()
    funding = db.session.get(Funding, booking.id)
    if funding is None or funding.status is not FundingStatus.RECEIVED:
        return set()
    payers = {line.payment.parent_id for line in replies.held_lines(booking.id)}
    if None in payers:
        return {parent.id for parent in invitations.reachable_parents(booking)}
    return {parent_id for parent_id in payers if parent_id is not None}


def tell_of_moved_deadline(
    event: Event,
    *,
    actor: Actor,
    now: datetime,
    changes: Sequence[str],
    before: EventDetails,
    **_facts: object,
) -> None:
    """Tell coordinators at once about a moved deadline that their calendars would show too late."""
    for name, which in DEADLINES.items():
        old, new = getattr(before, name), getattr(event, name)
        if name not in changes or new is None or not (_is_near(old, now) or _is_near(new, now)):
            continue
        for person in _concerned(event, which):
            if person.id != actor.person_id:
                _tell_of_deadline(event, person, name, old, new, now=now)


def _is_near(at: datetime | None, now: datetime) -> bool:
    return at is not None and now < at <= now + REFRESH_LAG


def _concerned(event: Event, which: ical.Deadline) -> list[Person]:
    if which is ical.Deadline.REQUESTS:
        return event_queries.coordinators_of_guests(event)
    found = {
        person.id: person
        for school_id in place_queries.schools_concerned(event.id)
        for person in school_queries.coordinators(school_id)
    }
    return list(found.values())


def _tell_of_deadline(
    event: Event,
    person: Person,
    name: str,
    old: datetime | None,
    new: datetime,
    *,
    now: datetime,
) -> None:
    which = DEADLINES[name]
    content = ical.deadline_calendar(event, which, new, base_url=base_url())
    version = event.sequence + event.deadline_changes
    notifications.queue(
        key=f"deadline_moved:{event.id}:{which}:{version}:person:{person.id}",
        to=person.email,
        template="deadline_moved",
        now=now,
        keep_until=new,
        reply_to=event_mail.answers_to(event),
        attachment=event_mail.calendar_attachment(f"{event.slug}-{which}.ics", content),
        name=person.name,
        event=event,
        said=event_labels.of(name),
        before=terms.in_sentence(old) if old else "",
        after=terms.in_sentence(new),
        action_url=absolute_url(addresses.SCHOOL_EVENT(slug=event.slug)),
        action_label="Open the event",
    )

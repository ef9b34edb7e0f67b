"""Mail about families' answers: that there is something to read, and never what it says."""

from collections.abc import Set
from datetime import datetime
from typing import Any

from booking.days.events import mail as event_mail
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.days.places.service import mail as place_mail
from booking.domain.needs import ToldPart
from booking.domain.terms import london
from booking.foundation import contacts
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.on_the_day.answers import words
from booking.on_the_day.answers.models import ContactOpening, LateChange
from booking.on_the_day.rosters import queries as roster_queries
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.schools import queries as school_queries


def contact_opened(opening: ContactOpening, booking: Booking, *, now: datetime) -> None:
    """Tell the home school's coordinators who opened whom to ring; the page says why."""
    for person in school_queries.coordinators(booking.school_id):
        notifications.queue(
            key=f"contact_opened:{opening.id}:person:{person.id}",
            to=person.email,
            template="contact_opened",
            now=now,
            reply_to=event_mail.answers_to(booking.event),
            keep_until=booking.event.last_ends_at,
            name=person.name,
            pupil=place_mail.short_name(booking),
            event=booking.event,
            host_name=booking.event.host_school.name,
            action_url=absolute_url(addresses.PUPIL_DAY(public_id=booking.public_id)),
            action_label="See who, and why",
        )


def changed_for_school(
    change: LateChange, booking: Booking, *, to_tell: bool, now: datetime
) -> None:
    """Tell the home school's coordinators, with whom to ring who has no address of their own."""
    adults = _adults(booking) if to_tell else []
    for person in school_queries.coordinators(booking.school_id):
        notifications.queue(
            **_of_change(booking, change.parts, now),
            keep_until=booking.event.last_ends_at,
            key=f"late_change:{change.id}:{','.join(change.parts)}:person:{person.id}",
            to=person.email,
            template="late_change",
            reply_to=event_mail.answers_to(booking.event),
            name=person.name,
            to_ring=[
                f"{adult.name}, {contacts.readable_phone(adult.mobile)}"
                for adult in adults
                if not adult.email
            ],
            action_url=absolute_url(addresses.PUPIL_DAY(public_id=booking.public_id)),
            action_label="See what changed",
        )


def changed_for_host(change: LateChange, booking: Booking, *, now: datetime) -> None:
    """Tell the hosts and the day's staff, who may have the roster on paper."""
    event = booking.event
    staff = [grant.person for grant in school_queries.day_staff(event.id)]
    people = {person.id: person for person in [*school_queries.hosts(event.host_school_id), *staff]}
    for person in people.values():
        if person.disabled_at is not None:
            continue
        notifications.queue(
            **_of_change(booking, change.parts, now),
            keep_until=booking.event.last_ends_at,
            key=f"late_change:{change.id}:{','.join(change.parts)}:person:{person.id}",
            to=person.email,
            template="late_change_host",
            reply_to=_home_school(booking),
            name=person.name,
            action_url=absolute_url(addresses.EVENT_CHANGES(slug=event.slug)),
            action_label="See what changed",
        )


def changed_for_adults(booking: Booking, parts: Set[ToldPart], *, now: datetime) -> None:
    """Tell the adults who travel along that their list is no longer right, once a day."""
    for adult in _adults(booking):
        if not adult.email:
            continue
        told = sorted(part.value for part in parts)
        notifications.queue(
            **_of_change(booking, told, now),
            keep_until=booking.event.last_ends_at,
            key=(
                f"late_change:{booking.id}:{','.join(told)}:{london(now).date()}:adult:{adult.id}"
            ),
            to=adult.email,
            template="late_change_adult",
            about=invitations.about(booking),
            reply_to=_home_school(booking),
            name=adult.name,
        )


def _of_change(booking: Booking, parts: Any, now: datetime) -> dict[str, Any]:
    return {
        "now": now,
        "pupil": place_mail.short_name(booking),
        "school_name": booking.school.name,
        "event": booking.event,
        "parts": words.parts(parts),
    }


def _adults(booking: Booking) -> list[AccompanyingAdult]:
    return roster_queries.adults(booking.event_id, booking.school_id)


def _home_school(booking: Booking) -> str:
    return school_queries.mailbox_of(school_queries.coordinators(booking.school_id))

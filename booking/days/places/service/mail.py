"""Mail about places: an event has changed, a place came back, an invitation lapsed.

Only mail to a pupil's own parents has the first name in its subject, beside the school's, so that
they know what it is about; mail to coordinators says "Ada O.", which is enough for the pupil's
own school.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from booking.days.events import mail as event_mail
from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places import queries
from booking.days.places.models import Booking
from booking.days.places.service import invitations, telling
from booking.domain import names
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Actor
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def tell_of_change(
    event: Event,
    *,
    actor: Actor,
    now: datetime,
    changes: Sequence[str],
    urgent: bool = False,
    **_facts: object,
) -> None:
    """Tell the coordinators concerned and parents, once, what changed, if they plan by it.

    A change of date may put a pupil at two events at once. It stands, and the pupil's coordinators
    are always told, even if they made the change or were told about it as hosts.
    """
    changed = event_mail.material_words(changes, urgent=urgent)
    if not changed or event_states.is_over(event, now):
        return
    bookings = queries.seated(event.id)
    twice = _at_two_events(event, bookings) if "dates" in changes else {}
    facts = _change_facts(event, changed, dates_changed="dates" in changes, urgent=urgent)
    for person, school_ids in _coordinators(event):
        clashes = [line for school_id in school_ids for line in twice.get(school_id, [])]
        if person.id == actor.person_id and not clashes:
            continue
        who = f"person:{person.id}" + (":two-events" if clashes else "")
        _tell_of_change(event, who, person.email, person.name, now=now, clashes=clashes, **facts)
    for parent, own in invitations.parents_of(bookings):
        who = f"parent:{parent.id}"
        own_facts = {**facts, **invitations.of_children(own)}
        if len(own) == 1:
            _, url = invitations.new_link(event, own[0], parent, now=now)
            own_facts |= {"action_url": url, "action_label": "See the place"}
        _tell_of_change(event, who, parent.email, parent.name, now=now, clashes=[], **own_facts)


def _tell_of_change(
    event: Event, who: str, email: str, name: str, *, now: datetime, about: str = "", **facts: Any
) -> None:
    is_parent = who.startswith("parent")
    path = (addresses.EVENT if is_parent else addresses.SCHOOL_EVENT)(slug=event.slug)
    action = {
        "action_url": absolute_url(path),
        "action_label": "See the event" if is_parent else "See your school’s places",
    }
    notifications.queue(
        key=event_mail.changed_key(event, who),
        to=email,
        template="event_changed",
        now=now,
        about=about or event_mail.about(event),
        keep_until=event.last_ends_at,
        event=event,
        name=name,
        is_parent=is_parent,
        **{**action, **facts},
    )


def _change_facts(
    event: Event, changed: list[str], *, dates_changed: bool, urgent: bool
) -> dict[str, Any]:
    return {
        "reply_to": event_mail.answers_to(event),
        "attachment": event_mail.calendar_file(event),
        "changed": changed,
        "dates_changed": dates_changed,
        "when_texts": event_words.dates(event),
        "where": event_words.where(event),
        "years": event_words.years(event),
        "fee": event_words.fee(event),
        "practicalities": event.practicalities if urgent else "",
        "contact": ", ".join(filter(None, (event.contact_name, event.contact_phone)))
        if urgent
        else "",
    }


def told_of_change(event: Event, *, actor: Actor) -> tuple[int, int]:
    """Return how many coordinators and parents `tell_of_change` would tell now."""
    people = [person for person, _ in _coordinators(event) if person.id != actor.person_id]
    return len(people), len(invitations.parents_of(queries.seated(event.id)))


def _coordinators(event: Event) -> list[tuple[Person, list[int]]]:
    """Return the coordinators of the schools concerned, each once, with their schools."""
    found: dict[int, tuple[Person, list[int]]] = {}
    for school_id in queries.schools_concerned(event.id):
        for person in school_queries.coordinators(school_id):
            found.setdefault(person.id, (person, []))[1].append(school_id)
    return list(found.values())


def _at_two_events(event: Event, bookings: Sequence[Booking]) -> Mapping[int, list[str]]:
    """Return, by school, a sentence for each pupil who is expected elsewhere at the same time."""
    busy = queries.elsewhere(event, [booking.pupil_id for booking in bookings])
    found: dict[int, list[str]] = {}
    for booking in bookings:
        if other := busy.get(booking.pupil_id):
            said = f"{short_name(booking)} has a place at “{other.title}” at the same time."
            found.setdefault(booking.school_id, []).append(said)
    return found


def tell_of_return(
    event: Event, booking: Booking, promoted: Booking | None, *, actor: Actor, now: datetime
) -> None:
    """Tell the school's coordinators that a parent's answer, or the lack of one, freed a place."""
    if event_states.is_over(event, now):
        return
    facts: dict[str, Any] = {
        "event": event,
        "pupil": short_name(booking),
        "lapsed": booking.state is BookingState.LAPSED,
        "untold": booking.state is BookingState.LAPSED and telling.is_untold(booking),
        "on_paper": not invitations.reachable_parents(booking),
        "promoted": short_name(promoted) if promoted else "",
        "promoted_on_paper": promoted is not None and not invitations.reachable_parents(promoted),
        "reply_by_at": promoted.reply_by_at if promoted else None,
        "is_live": event_states.is_live(event, now),
    }
    for person in school_queries.coordinators(booking.school_id):
        if person.id == actor.person_id:
            continue
        notifications.queue(
            key=f"place_returned:{_ending(booking)}:person:{person.id}",
            to=person.email,
            template="place_returned",
            now=now,
            about=event_mail.about(event),
            reply_to=event_mail.answers_to(event),
            name=person.name,
            action_url=absolute_url(addresses.SCHOOL_EVENT(slug=event.slug)),
            action_label="See your school’s places",
            **facts,
        )


def tell_of_lapse(event: Event, booking: Booking, *, now: datetime) -> None:
    """Tell the parents, politely, that their time to answer is over."""
    if event_states.is_over(event, now):
        return
    untold, facts = telling.is_untold(booking), invitations.of_family(booking)
    for parent in invitations.reachable_parents(booking):
        notifications.queue(
            key=f"invitation_lapsed:{_ending(booking)}:parent:{parent.id}",
            to=parent.email,
            template="invitation_lapsed",
            now=now,
            name=parent.name,
            **facts,
            event=event,
            reply_by_at=booking.reply_by_at,
            untold=untold,
        )


def tell_of_withdrawal(event: Event, booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Tell the parents that the school has withdrawn their child, so that nobody comes in vain.

    Not a family that gave the place back itself, nor one that never heard of the place.
    """
    if actor.kind == "parent" or event_states.is_over(event, now) or telling.is_untold(booking):
        return
    facts = invitations.of_family(booking)
    for parent in invitations.reachable_parents(booking):
        notifications.queue(
            key=f"place_withdrawn:{_ending(booking)}:parent:{parent.id}",
            to=parent.email,
            template="place_withdrawn",
            now=now,
            keep_until=event.last_ends_at,
            name=parent.name,
            event=event,
            when_texts=event_words.dates(event),
            **facts,
        )


def short_name(booking: Booking) -> str:
    """Return the pupil's forename and initial."""
    return names.short(booking.pupil.forename, booking.pupil.surname)


def _ending(booking: Booking) -> str:
    """Return a key for this ending, because the same pupil may be named, and leave, again."""
    assert booking.ended_at is not None, "people are told once it has ended"
    return f"{booking.id}:{booking.ended_at.isoformat()}"

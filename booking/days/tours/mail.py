"""Mail about tours: one letter for each piece of news, to people of schools. It names no pupil."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from sqlalchemy import select

from booking.days.tours import words
from booking.days.tours.models import Tour, TourStop
from booking.domain import english, terms
from booking.domain.permissions import Actor, Role
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.foundation.web.addresses import Path
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person, RoleGrant, School


def tell_of_opening(tour: Tour, *, now: datetime) -> None:
    """Tell the coordinators of every other school with these years that they can ask for a stop."""
    _write(
        tour,
        _coordinators_of_guests(tour),
        f"opened:{tour.id}",
        "A workshop that comes to your school",
        (
            f"{tour.leading_school.name} takes “{tour.title}” to schools: {words.led_by(tour)}. "
            f"It is for {words.years(tour)} and lasts {words.lasts(tour.minutes)}.",
            f"It travels from {words.travels(tour)}. Ask for a stop: offer up to three dates and "
            "a room.",
        ),
        now=now,
    )


def tell_of_wish(stop: TourStop, *, now: datetime) -> None:
    """Tell the hosts of the leading school that a school asks for a stop."""
    school = db.session.get_one(School, stop.school_id)
    times = english.listed(terms.in_sentence(offered.starts_at) for offered in stop.times)
    _write(
        stop.tour,
        school_queries.hosts(stop.tour.leading_school_id),
        f"asked:{stop.id}",
        f"{school.name} asks for a stop",
        (f"It offers {times}, in this room: {stop.room}.", "Accept one of the times, or decline."),
        now=now,
        path=addresses.TOUR_WORK(slug=stop.tour.slug),
        reply_to=school_queries.person_or_lead(stop.asked_by_id),
    )


def tell_of_acceptance(stop: TourStop, *, now: datetime) -> None:
    """Tell the school that is visited when, and who publishes its event."""
    assert stop.event is not None, "an accepted stop has its event"
    who = [person.name for person in school_queries.hosts(stop.school_id)]
    _write(
        stop.tour,
        _people_of(stop.school_id),
        f"accepted:{stop.id}",
        f"The tour comes to {stop.school.name}",
        (
            f"It comes on {words.when(stop)}. A draft of your event is ready, filled in.",
            f"Who publishes it: {words.publisher(who)}. Until then pupils and "
            "parents cannot see it.",
        ),
        now=now,
        path=addresses.HOST_EVENT(slug=stop.event.slug) if who else None,
    )


def tell_of_refusal(stop: TourStop, *, now: datetime) -> None:
    """Tell a school that its wish was declined, and why."""
    heading, said = "Your wish for a stop was declined", stop.reason
    _write(stop.tour, _people_of(stop.school_id), f"declined:{stop.id}", heading, (said,), now=now)


def tell_of_calling_off(stop: TourStop, *, now: datetime) -> None:
    """Tell a school that its stop is cancelled before its event was published."""
    said = (f"It was to come on {words.when(stop)}.", stop.reason)
    heading = f"The tour does not come to {stop.school.name}"
    _write(stop.tour, _people_of(stop.school_id), f"called_off:{stop.id}", heading, said, now=now)


def tell_of_new_time(stop: TourStop, *, actor: Actor, now: datetime) -> None:
    """Tell the leading school that a stop has moved."""
    at = terms.in_sentence(stop.starts_at) if stop.starts_at else ""
    _tell_leading(stop, f"moved:{stop.id}:{at}", "A stop has moved", actor, now)


def tell_of_freed_time(stop: TourStop, *, actor: Actor, now: datetime) -> None:
    """Tell the leading school that a stop is cancelled, so its time is free."""
    _tell_leading(stop, f"freed:{stop.id}", "A stop is cancelled", actor, now)


def _tell_leading(stop: TourStop, occasion: str, heading: str, actor: Actor, now: datetime) -> None:
    people = school_queries.hosts(stop.tour.leading_school_id)
    others = [person for person in people if person.id != actor.person_id]
    said = (f"{stop.school.name}: {words.when(stop)}.", stop.reason)
    path = addresses.TOUR_WORK(slug=stop.tour.slug)
    _write(stop.tour, others, occasion, heading, said, now=now, path=path)


def _people_of(school_id: int) -> list[Person]:
    found = [*school_queries.hosts(school_id), *school_queries.coordinators(school_id)]
    return list({person.id: person for person in found}.values())


def _coordinators_of_guests(tour: Tour) -> list[Person]:
    schools = RoleGrant.school.has(
        (School.id != tour.leading_school_id)
        & School.left_on.is_(None)
        & (School.low_year <= tour.high_year)
        & (School.high_year >= tour.low_year)
    )
    return list(
        db.session.scalars(
            select(Person)
            .where(
                Person.disabled_at.is_(None),
                Person.grants.any((RoleGrant.role == Role.COORDINATOR) & schools),
            )
            .order_by(Person.id)
        )
    )


def _write(
    tour: Tour,
    people: Iterable[Person],
    occasion: str,
    heading: str,
    lines: Sequence[str],
    *,
    now: datetime,
    path: Path | None = None,
    reply_to: str = "",
) -> None:
    keepers = school_queries.hosts(tour.leading_school_id)
    last_day = datetime.combine(tour.last_on, time.max, tzinfo=LONDON)
    for person in people:
        notifications.queue(
            key=f"tour:{occasion}:person:{person.id}",
            to=person.email,
            template="tour_news",
            now=now,
            keep_until=last_day,
            reply_to=reply_to or school_queries.mailbox_of(keepers) or school_queries.lead(),
            name=person.name,
            heading=heading,
            title=tour.title,
            lines=[line for line in lines if line],
            action_url=absolute_url(path or addresses.TOUR(slug=tour.slug)),
            action_label="See the tour" if path is None else "Open it",
        )

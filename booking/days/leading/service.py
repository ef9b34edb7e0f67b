"""Write down who leads an event, confirm a provider's checks, and agree that pupils lead."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from booking.days.events import details as event_details
from booking.days.events import locks as event_locks
from booking.days.events import service as events
from booking.days.events.models import Event, EventState
from booking.days.leading import details as leading_details
from booking.days.leading import locks, words
from booking.days.leading.details import LEADERS_MAX, LINE_MAX, LeadingDetails
from booking.days.leading.models import LeaderKind, Leading, PupilLeader
from booking.days.leading.refusals import LeadingRefused, NoOlderPupils, NoProvider
from booking.domain import names as domain_names
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

__all__ = ["LeadingRefused", "NoOlderPupils", "NoProvider"]


def keep(*, actor: Actor, now: datetime, event: Event, details: LeadingDetails) -> Leading:
    """Write down who leads, and say so on the event; those concerned are told as of any change.

    Another provider has to be checked anew; another school has to agree, and names its own pupils.
    Raises LeadingRefused, and what `events.change` raises.
    """
    event = event_locks.event(event.id)
    details = details.settled()
    school = _school(details.school_id)
    found = list(leading_details.problems(details))
    if details.school_id is not None and school is None:
        found.append(Problem("school_id", "Choose a school that is in the network."))
    _refuse(found)
    leading = locks.of_event(event.id)
    if leading is None:
        leading = Leading(event_id=event.id, kind=details.kind)
        db.session.add(leading)
    else:
        _forget_what_no_longer_holds(leading, details)
    for name, value in asdict(details).items():
        setattr(leading, name, value)
    _say_on_event(actor, now, event, details, school)
    _record(actor, "keep_leading", event, now, kind=details.kind.value)
    return leading


def confirm_checks(*, actor: Actor, now: datetime, event: Event) -> Leading:
    """Record that the actor has seen the provider's insurance, and that its people are checked.

    Raises NoProvider.
    """
    event = event_locks.event(event.id)
    leading = locks.of_event(event.id)
    if leading is None or leading.kind is not LeaderKind.PROVIDER:
        raise NoProvider("First write down which provider leads this event.")
    if leading.checked_at is None:
        leading.checked_at, leading.checked_by_id = now, actor.person_id
        _record(actor, "confirm_provider", event, now)
    return leading


def agree(
    *, actor: Actor, now: datetime, event: Event, school: School, names: Sequence[str]
) -> Leading:
    """Agree for a school that these of its pupils lead the event; without names if it likes.

    Raises LeadingRefused, NoOlderPupils.
    """
    event, leading = _of_school(event, school)
    tidied = [tidy for each in names if (tidy := domain_names.tidy(each))]
    _refuse(_name_problems(tidied))
    leading.pupils = [PupilLeader(position=n, name=name) for n, name in enumerate(tidied, start=1)]
    leading.number = len(tidied) or leading.number
    leading.agreed_at, leading.agreed_by_id = now, actor.person_id
    audit.record(
        actor=actor,
        action="agree_to_lead",
        subject=event,
        school_id=school.id,
        now=now,
        names=len(tidied),
    )
    return leading


def take_back(*, actor: Actor, now: datetime, event: Event, school: School) -> Leading:
    """Take back that a school's pupils lead: their names go at once, and the host has a task.

    Raises NoOlderPupils.
    """
    event, leading = _of_school(event, school)
    if leading.agreed_at is not None:
        leading.agreed_at = leading.agreed_by_id = None
        leading.pupils = []
        audit.record(
            actor=actor, action="take_back_leading", subject=event, school_id=school.id, now=now
        )
    return leading


def copy(event: Event, *, of: Event, actor: Actor, now: datetime) -> None:
    """Give a repeated event the same leaders: checks, agreement and names are for their own day.

    Who leads an event of another school is not taken over with its example.
    """
    known = locks.of_event(of.id)
    if known is not None and event.host_school_id == of.host_school_id:
        kept = asdict(leading_details.details_of(known))
        db.session.flush()
        db.session.add(Leading(event_id=event.id, **kept))


def _forget_what_no_longer_holds(leading: Leading, details: LeadingDetails) -> None:
    if (leading.kind, leading.organisation) != (details.kind, details.organisation):
        leading.checked_at = leading.checked_by_id = None
    if leading.school_id != details.school_id:
        leading.agreed_at = leading.agreed_by_id = None
        leading.pupils = []


def _say_on_event(
    actor: Actor, now: datetime, event: Event, details: LeadingDetails, school: School | None
) -> None:
    said = words.led_by(details, host=event.host_school.name, school=school.name if school else "")
    written = event_details.details_of(event)
    if written.led_by == said:
        return
    if event.state in {EventState.DRAFT, EventState.PUBLISHED}:
        events.change(actor=actor, now=now, event=event, details=replace(written, led_by=said))


def _school(school_id: int | None) -> School | None:
    if school_id is None:
        return None
    found = school_queries.schools_by_id((school_id,))
    return next((school for school in found if school.left_on is None), None)


def _of_school(event: Event, school: School) -> tuple[Event, Leading]:
    event = event_locks.event(event.id)
    leading = locks.of_event(event.id)
    if leading is None or leading.school_id != school.id:
        raise NoOlderPupils("Your school’s pupils do not lead this event.")
    return event, leading


def _name_problems(names: Sequence[str]) -> list[Problem]:
    if len(names) > LEADERS_MAX:
        return [Problem("names", f"Enter at most {LEADERS_MAX} names.")]
    if any(len(name) > LINE_MAX for name in names):
        return [Problem("names", f"Enter one name a line, at most {LINE_MAX} characters each.")]
    return []


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise LeadingRefused(problems)


def _record(actor: Actor, action: str, event: Event, now: datetime, **facts: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=event,
        school_id=event.host_school_id,
        now=now,
        **facts,
    )

"""Circulars for tests, written and sent by the services."""

from datetime import datetime
from typing import Any

from booking.days.events.models import Event
from booking.domain.circulars import TO_FAMILIES, Readership
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.network.circulars import jobs as circular_jobs
from booking.network.circulars import service as circulars
from booking.network.circulars.details import CircularDetails, Speaker, TemplateDetails
from booking.network.circulars.models import Circular, CircularTemplate
from booking.people.schools.models import Person, School
from tests.builders.schools import actor_of


def details(readership: Readership = Readership.EVERYBODY, **changes: Any) -> CircularDetails:
    """Return a short circular."""
    facts: dict[str, Any] = {
        "readership": readership,
        "subject": "News from us" if readership in TO_FAMILIES else "News for {name}",
        "text": "Dear {name},\n\nPlease bring **wellingtons**.",
        **changes,
    }
    return CircularDetails(**facts)


def write(
    by: Person,
    readership: Readership = Readership.EVERYBODY,
    *,
    event: Event | None = None,
    families_of: School | None = None,
    **changes: Any,
) -> Circular:
    """Write a circular as somebody who may."""
    with transaction():
        return circulars.write(
            actor=actor_of(by),
            now=clock.now(),
            speaker=Speaker(event, families_of.id if families_of else None),
            details=details(readership, **changes),
        )


def keep(
    by: Person,
    readership: Readership = Readership.EVERYBODY,
    *,
    school: School | None = None,
    **words: str,
) -> CircularTemplate:
    """Keep a template, of a school or of the network."""
    name = words.pop("name", "Wellingtons")
    written = details(readership, **words)
    with transaction():
        return circulars.keep_template(
            actor=actor_of(by),
            now=clock.now(),
            school_id=school.id if school else None,
            details=TemplateDetails(
                name=name,
                readership=readership,
                subject=written.subject,
                text=written.text,
            ),
        )


def send(circular: Circular, by: Person, at: datetime | None = None) -> datetime:
    """Let it go out."""
    with transaction():
        return circulars.send(actor=actor_of(by), now=clock.now(), circular=circular, at=at)


def work() -> None:
    """Do what the worker does about circulars."""
    for job in circular_jobs.jobs():
        job.run()

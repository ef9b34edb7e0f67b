"""Private calendars for tests, and what a program reads from them."""

from collections.abc import Iterable

import icalendar
from flask.testing import FlaskClient

from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.on_the_day.calendars import service as calendars
from booking.on_the_day.calendars.models import Feed, FeedContent
from booking.people.pupils.models import Parent
from booking.people.schools.models import Person
from tests.builders import schools
from tests.builders.rewritten import rewritten


@rewritten
def make_feed(
    person: Person,
    *,
    label: str = "My phone",
    leaves_out: Iterable[FeedContent] = (FeedContent.SCHOOL_DAYS,),
) -> tuple[Feed, str]:
    """Return a person's feed and its token."""
    actor = schools.actor_of(person)
    with transaction():
        return calendars.make_feed(actor=actor, now=clock.now(), label=label, leaves_out=leaves_out)


@rewritten
def make_parent_feed(parent: Parent, *, leaves_out: Iterable[FeedContent] = ()) -> tuple[Feed, str]:
    """Return a parent's feed and its token."""
    with transaction():
        return calendars.make_feed(
            actor=PARENT, now=clock.now(), label="Kitchen", parent=parent, leaves_out=leaves_out
        )


def entries(client: FlaskClient, token: str) -> list[icalendar.Event]:
    """Return what a private calendar shows."""
    response = client.get(f"/calendar/feeds/{token}.ics")
    assert response.status_code == 200
    return list(icalendar.Calendar.from_ical(response.data).walk("VEVENT"))


def titles(client: FlaskClient, token: str) -> list[str]:
    """Return the titles in a private calendar."""
    return [str(entry["SUMMARY"]) for entry in entries(client, token)]

"""What families asked their school about what is held, and an adult the network."""

from typing import Any

from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.data_rights import AskedChannel, DataRight
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools.models import School
from booking.rights.data_requests import service as data_requests
from booking.rights.data_requests.details import Asked
from tests.builders import schools as people
from tests.trust.canaries import Canaries


def build(
    facts: dict[str, str], emails: dict[str, str], own: Canaries, other: Canaries
) -> dict[str, str]:
    """Let both schools write down a letter, and an adult ask the network; return the requests."""
    return {
        "data_request": _of_school(facts["confirmed"], own),
        "their_data_request": _of_school(facts["their_confirmed"], other),
        "network_data_request": _of_network(emails),
    }


def _of_school(place: str, mark: Canaries) -> str:
    """Let a school write down a letter about the pupil of a place; return the request."""
    booking = db.session.scalars(select(Booking).where(Booking.public_id == place)).one()
    return _ask(
        db.session.get_one(School, booking.school_id),
        right=DataRight.RECTIFICATION,
        asker=mark.word("asker", mark.private),
        about=booking.pupil.name,
        wanted=mark.word("wanted", mark.private),
        reply_to=mark.email(),
        channel=AskedChannel.POST,
        pupil=booking.pupil,
    )


def _of_network(emails: dict[str, str]) -> str:
    """Let somebody with an account ask the network; return the request."""
    person = people.person_of(emails["host"])
    return _ask(None, right=DataRight.ERASURE, asker=person.name, about=person.name, person=person)


def _ask(school: School | None, **facts: Any) -> str:
    with transaction():
        return data_requests.ask(
            actor=COMMAND,
            now=clock.now(),
            school=school,
            asked=Asked(received_on=clock.today(), **facts),
        ).public_id

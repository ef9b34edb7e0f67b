"""What somebody asks about what is held, as a school would write it down."""

from typing import Any

from booking.domain.data_rights import DataRight, RestrictionGround
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.schools.models import School
from booking.rights.data_requests import service as data_requests
from booking.rights.data_requests.details import Asked
from booking.rights.data_requests.models import DataRequest


def write_down(school: School | None, **facts: Any) -> DataRequest:
    """Write down that Sam Okoro asks for a restriction about Ada, unless facts say otherwise."""
    asked = {
        "right": DataRight.RESTRICTION,
        "asker": "Sam Okoro",
        "about": "Ada Okoro",
        "received_on": clock.today(),
        **facts,
    }
    with transaction():
        return data_requests.ask(
            actor=COMMAND, now=clock.now(), school=school, asked=Asked(**asked)
        )


def restrict(
    school: School, ground: RestrictionGround | None = RestrictionGround.ACCURACY, **facts: Any
) -> DataRequest:
    """Grant a restriction about a pupil, or about an adult who comes along."""
    request = write_down(school, **facts)
    with transaction():
        return data_requests.answer(
            actor=COMMAND, now=clock.now(), request=request, done=True, words="", ground=ground
        )

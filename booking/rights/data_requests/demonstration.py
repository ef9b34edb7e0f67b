"""The demonstration's request about what is held: a parent asks for a copy and a correction."""

from datetime import datetime

from booking.domain.data_rights import AskedChannel, DataRight
from booking.foundation.db import transaction
from booking.people.pupils import queries as pupil_queries
from booking.people.schools.scene import Scene
from booking.rights.data_requests import service
from booking.rights.data_requests.details import Asked

#: Whose coordinator wrote it down.
SCHOOL = "hollow-lane"


def ask(scene: Scene, now: datetime) -> None:
    """Let a school write down what the parent of its first pupil asked by telephone."""
    school = scene.schools[SCHOOL]
    pupil = pupil_queries.pupils_of(school.id)[0]
    parent = next(iter(pupil.parents), None)
    with transaction():
        service.ask(
            actor=scene.coordinator_of(school),
            now=now,
            school=school,
            asked=Asked(
                right=DataRight.RECTIFICATION,
                asker=parent.name if parent else "A grandparent",
                about=pupil.name,
                received_on=scene.today,
                channel=AskedChannel.TELEPHONE,
                wanted="Our telephone number is an old one. A copy of everything first, please.",
                pupil=pupil,
            ),
        )

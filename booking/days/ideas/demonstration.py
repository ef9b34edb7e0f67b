"""The demonstration's ideas: one that many second, one new, one that was declined."""

from datetime import datetime, timedelta

from booking.days.ideas import service
from booking.days.ideas.models import Idea, IdeaKind
from booking.domain.permissions import Actor, Role
from booking.foundation.db import transaction
from booking.people.schools.scene import LEAD, Scene

#: Whose idea, kind, title, years, roughly when, details.
IDEAS = (
    (
        "kestrelmere",
        IdeaKind.WANTED,
        "Chemistry for Years 3 and 4",
        (3, 4),
        "A morning in the spring",
        "Real glassware, real colours, nothing that burns. Our laboratory is too small; a school "
        "with one, and a technician, would make our year.",
    ),
    (
        "tindlebrook",
        IdeaKind.OFFERED,
        "An orchestra for a day",
        (5, 8),
        "A Friday in June",
        "We have the hall, the stands and two conductors. Everybody brings an instrument and "
        "plays in a concert for their parents at half past two.",
    ),
    (
        "millrace",
        IdeaKind.WANTED,
        "A trip to the coding museum",
        (7, 9),
        "Any time",
        "Our computing club would love to see it.",
    ),
)
NOTES = ("Twelve of ours ask about this every week.", "We could bring a helper.", "")


def propose(scene: Scene, now: datetime) -> None:
    """Propose three ideas; schools second the first, and the lead declines the last."""
    made = [_proposed(scene, now - timedelta(days=9 - n), *facts) for n, facts in enumerate(IDEAS)]
    others = [
        (school_id, actor)
        for actor in scene.people.values()
        for school_id in actor.school_ids(Role.COORDINATOR)
        if school_id != made[0].school_id
    ]
    for number, (school_id, actor) in enumerate(others[:4]):
        with transaction():
            service.second(
                actor=actor,
                now=now,
                idea=made[0],
                school_id=school_id,
                pupils=8 + 2 * number,
                note=NOTES[number % len(NOTES)],
            )
    with transaction():
        word = "The museum is being rebuilt until next autumn. Please propose it again then."
        service.close(actor=scene.people[LEAD], now=now, idea=made[2], word=word)


def _proposed(
    scene: Scene,
    now: datetime,
    slug: str,
    kind: IdeaKind,
    title: str,
    years: tuple[int, int],
    roughly_when: str,
    details: str,
) -> Idea:
    school = scene.schools[slug]
    actor: Actor = scene.coordinator_of(school)
    with transaction():
        return service.propose(
            actor=actor,
            now=now,
            school_id=school.id,
            details=service.IdeaDetails(kind, title, *years, details, roughly_when),
        )

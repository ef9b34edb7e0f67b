"""The demonstration's groups: one by subject with a note, a pair, and one that is asked to join."""

from datetime import datetime, time

from booking.domain.grouping_colleagues import GroupKind, Joining
from booking.domain.permissions import Actor, Role
from booking.domain.resourcing import SubjectArea
from booking.foundation.db import transaction
from booking.network.colleague_groups import queries, service
from booking.network.colleague_groups.details import GroupDetails
from booking.network.colleague_groups.models import StaffGroup
from booking.people.schools.scene import Diary, Scene

#: In days before today.
FOUNDED, JOINED, NOTED, ASKED = 90, 80, 20, 3
CHESS = GroupDetails(
    "Chess and logic",
    GroupKind.SUBJECT,
    SubjectArea.MATHEMATICS,
    "Games that make pupils think ahead, and how to fit them into forty minutes.",
    Joining.OPEN,
)
PAIR = GroupDetails(
    "Watching each other teach",
    GroupKind.PAIR,
    SubjectArea.PHILOSOPHY,
    "Two visits a term, and an hour to talk about each.",
    Joining.OPEN,
)
HEADS = GroupDetails(
    "Heads on time for coordinators",
    GroupKind.WORKING,
    SubjectArea.LEADERSHIP,
    "What a coordinator needs, and what it costs.",
    Joining.ON_REQUEST,
)
NOTE = (
    "Next time: everybody brings one game for thirty pupils, with its rules on one side of paper."
)


def put_into(scene: Scene, diary: Diary) -> None:
    """Put into the diary who founds the groups, joins, notes and asks."""
    people = [actor for actor in scene.people.values() if actor.has(Role.COORDINATOR)]

    def found(now: datetime) -> None:
        for actor, details in zip(people, (CHESS, PAIR, HEADS), strict=False):
            with transaction():
                service.found(actor=actor, now=now, details=details)

    def join(now: datetime) -> None:
        for actor, details in ((people[3], CHESS), (people[4], CHESS), (people[5], PAIR)):
            with transaction():
                service.join(actor=actor, now=now, group=_group(details, actor))

    def note(now: datetime) -> None:
        with transaction():
            service.write(actor=people[0], now=now, group=_group(CHESS, people[0]), words=NOTE)

    def ask(now: datetime) -> None:
        with transaction():
            service.ask_to_join(
                actor=people[1],
                now=now,
                group=_group(HEADS, people[1]),
                word="I coordinate three year groups, and have no time for it at all.",
            )

    for days, act in ((FOUNDED, found), (JOINED, join), (NOTED, note), (ASKED, ask)):
        diary.put(scene.day(days, time(16)), act)


def _group(details: GroupDetails, actor: Actor) -> StaffGroup:
    (found,) = queries.first_found(details.name, actor=actor)
    return found

"""Groups for tests, founded and joined as colleagues would."""

from typing import Any

from booking.domain.grouping_colleagues import GroupKind, Joining
from booking.domain.resourcing import SubjectArea
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.network.colleague_groups import queries as colleague_group_queries
from booking.network.colleague_groups import service as colleague_groups
from booking.network.colleague_groups.details import GroupDetails
from booking.network.colleague_groups.models import (
    StaffGroup,
    StaffGroupAsk,
    StaffGroupMember,
    StaffGroupNote,
)
from booking.people.schools.models import Person
from tests.builders.schools import actor_of


def details(**changes: Any) -> GroupDetails:
    """Return what is said about a group for chess."""
    facts: dict[str, Any] = {
        "name": "Chess and logic",
        "kind": GroupKind.SUBJECT,
        "subject": SubjectArea.MATHEMATICS,
        "purpose": "Games that make pupils think ahead.",
        "joining": Joining.OPEN,
    }
    return GroupDetails(**facts | changes)


def found(person: Person, *members: Person, **changes: Any) -> StaffGroup:
    """Return a group that somebody leads and others are in."""
    with transaction():
        group = colleague_groups.found(
            actor=actor_of(person), now=clock.now(), details=details(**changes)
        )
    for each in members:
        ask = ask_to_join(group, each)
        with transaction():
            colleague_groups.answer_ask(actor=actor_of(person), now=clock.now(), ask=ask, yes=True)
    return group


def ask_to_join(group: StaffGroup, person: Person, word: str = "I play myself.") -> StaffGroupAsk:
    """Ask to join a group."""
    with transaction():
        return colleague_groups.ask_to_join(
            actor=actor_of(person), now=clock.now(), group=group, word=word
        )


def ask_in(
    group: StaffGroup, leader: Person, person: Person, word: str = "Do come."
) -> StaffGroupAsk:
    """Ask somebody into a group."""
    with transaction():
        return colleague_groups.ask_in(
            actor=actor_of(leader), now=clock.now(), group=group, email=person.email, word=word
        )


def note(group: StaffGroup, person: Person, words: str = "Bring a game.") -> StaffGroupNote:
    """Write a note for a group."""
    with transaction():
        return colleague_groups.write(
            actor=actor_of(person), now=clock.now(), group=group, words=words
        )


def member(group: StaffGroup, person: Person) -> StaffGroupMember:
    """Return somebody's membership."""
    found = colleague_group_queries.member(group.id, person.id)
    assert found is not None, "they are in it"
    return found

"""Come into a group and go: join, ask to join, be asked in, leave, be taken out."""

from datetime import datetime

from sqlalchemy import delete

from booking.domain import grouping_colleagues, permissions
from booking.domain.grouping_colleagues import WORD_MAX, AskKind, Joining
from booking.domain.permissions import WORKER, Action, Actor
from booking.domain.reasons import ReasonMissing
from booking.foundation.db import db, insert_into
from booking.network.colleague_groups import locks, queries
from booking.network.colleague_groups.details import circle
from booking.network.colleague_groups.models import StaffGroup, StaffGroupAsk, StaffGroupMember
from booking.network.colleague_groups.refusals import (
    AskOver,
    InIt,
    NobodyAtAddress,
    NotInIt,
    OnRequest,
)
from booking.network.colleague_groups.service import mail
from booking.network.colleague_groups.service.founding import living, record
from booking.network.meetings import service as meetings
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person
from booking.people.schools.sign_in import actor_of


def join(*, actor: Actor, now: datetime, group: StaffGroup) -> None:
    """Join an open group. Raises GroupEnded, OnRequest, InIt, GroupFull."""
    group = living(group)
    if group.joining is not Joining.OPEN:
        raise OnRequest("Ask whoever leads it: they say who comes in.")
    _add(group, db.session.get_one(Person, actor.person_id), now)
    record(action="join_group", group=group, actor=actor, now=now)


def ask_to_join(*, actor: Actor, now: datetime, group: StaffGroup, word: str) -> StaffGroupAsk:
    """Ask whoever leads a group to be let in. Raises GroupEnded, InIt, GroupFull."""
    group = living(group)
    assert actor.person_id is not None, "only somebody with an account asks"
    made = _ask(group, actor.person_id, AskKind.TO_JOIN, word, actor, now)
    record(action="ask_to_join_group", group=group, actor=actor, now=now)
    return made


def ask_in(
    *, actor: Actor, now: datetime, group: StaffGroup, email: str, word: str
) -> StaffGroupAsk:
    """Ask somebody into a group, such as a specialist.

    Raises GroupEnded, NobodyAtAddress, InIt, GroupFull.
    """
    group = living(group)
    person = school_queries.person_by_email(email.strip().lower())
    if person is None or person.disabled_at is not None or not _sees_life(person):
        raise NobodyAtAddress(
            "Nobody with this address sees network life. Ask the network lead, or their school, to "
            "invite them first."
        )
    made = _ask(group, person.id, AskKind.ASKED_IN, word, actor, now)
    record(action="ask_into_group", group=group, actor=actor, now=now)
    mail.tell_of_asking_in(made, actor=actor, now=now)
    return made


def answer_ask(*, actor: Actor, now: datetime, ask: StaffGroupAsk, yes: bool) -> None:
    """Let somebody in, or come in oneself; or say no. Raises AskOver, GroupEnded, GroupFull."""
    group = living(ask.group)
    row = queries.ask_of(group.id, ask.person_id)
    if row is None or row.id != ask.id:
        raise AskOver("This was answered already.")
    person, kind = row.person, row.kind
    db.session.delete(row)
    db.session.flush()
    if yes:
        _add(group, person, now)
    record(action="answer_group_ask", group=group, actor=actor, now=now, yes=yes)
    if kind is AskKind.TO_JOIN:
        mail.tell_of_answer(group, person, yes=yes, actor=actor, now=now)


def leave(*, actor: Actor, now: datetime, group: StaffGroup) -> None:
    """Leave a group. Raises NotInIt, and NoLeaderLeft for whoever leads others alone."""
    group = locks.group(group.id)
    row = _member(group, actor.person_id)
    members, leaders = queries.numbers(group.id)
    grouping_colleagues.check_leaving(leads=row.leads, leaders=leaders, members=members)
    _remove(group, row, now)
    record(action="leave_group", group=group, actor=actor, now=now)


def take_out(*, actor: Actor, now: datetime, member: StaffGroupMember) -> None:
    """Take somebody out of a group who does not lead it. Raises NotInIt."""
    group = locks.group(member.group_id)
    row = _member(group, member.person_id)
    if row.leads:
        raise NotInIt("Whoever leads a group goes by themselves.")
    _remove(group, row, now)
    record(action="take_out_of_group", group=group, actor=actor, now=now)


def of_leaver(
    person: Person, *, school_ids: frozenset[int], is_gone: bool, actor: Actor, now: datetime
) -> None:
    """Take somebody out of every group who sees nothing of network life any more.

    A group that they alone led has no leader then: a member takes the lead, and the network lead
    is asked to look.
    """
    if not is_gone:
        return
    for row in queries.memberships_of(person.id):
        group = locks.group(row.group_id)
        _remove(group, row, now)
        record(action="leave_group", group=group, actor=WORKER, now=now)
    db.session.execute(delete(StaffGroupAsk).where(StaffGroupAsk.person_id == person.id))


def _add(group: StaffGroup, person: Person, now: datetime) -> None:
    members, _leaders = queries.numbers(group.id)
    grouping_colleagues.check_room(group.kind, members)
    row = insert_into(StaffGroupMember).values(
        group_id=group.id, person_id=person.id, joined_at=now
    )
    added = db.session.scalars(
        row.on_conflict_do_nothing().returning(StaffGroupMember.id)
    ).one_or_none()
    if added is None:
        raise InIt("You are in this group already.")
    gone = delete(StaffGroupAsk).where(
        StaffGroupAsk.group_id == group.id, StaffGroupAsk.person_id == person.id
    )
    db.session.execute(gone)
    group.last_at = now
    meetings.invite(now=now, circle=circle(group), person=person)


def _ask(
    group: StaffGroup, person_id: int, kind: AskKind, word: str, actor: Actor, now: datetime
) -> StaffGroupAsk:
    if len(word) > WORD_MAX:
        raise ReasonMissing(f"Shorten this to {WORD_MAX} characters.")
    members, _leaders = queries.numbers(group.id)
    grouping_colleagues.check_room(group.kind, members)
    if queries.member(group.id, person_id) is not None:
        raise InIt("They are in this group already." if kind is AskKind.ASKED_IN else "You are in.")
    if queries.ask_of(group.id, person_id) is not None:
        raise InIt("This was asked already, and waits for an answer.")
    made = StaffGroupAsk(
        group=group,
        person_id=person_id,
        kind=kind,
        word=word.strip(),
        asked_by_id=actor.person_id,
        asked_at=now,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _member(group: StaffGroup, person_id: int | None) -> StaffGroupMember:
    row = queries.member(group.id, person_id)
    if row is None:
        raise NotInIt("They are not in this group any more.")
    return row


def _remove(group: StaffGroup, row: StaffGroupMember, now: datetime) -> None:
    meetings.let_go(now=now, circle=circle(group), person_id=row.person_id)
    db.session.delete(row)
    db.session.flush()
    if queries.numbers(group.id)[0] == 0 and group.ended_at is None:
        group.ended_at, group.ended_reason = now, "Nobody is in it any more."


def _sees_life(person: Person) -> bool:
    return permissions.may(actor_of(person.id, person.grants), Action.SEE_NETWORK_LIFE)

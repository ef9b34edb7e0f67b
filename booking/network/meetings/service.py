"""Call, change and cancel meetings, answer, and keep the minutes."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete

from booking.days.events.details import REFRESH_LAG
from booking.domain import links
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.network.meetings import details as meeting_details
from booking.network.meetings import locks, mail, queries
from booking.network.meetings.details import MINUTES_MAX, MeetingDetails
from booking.network.meetings.models import (
    Answer,
    Meeting,
    MeetingAnswer,
    MeetingGuest,
    MeetingRole,
)
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: Stops a runaway program from calling meeting after meeting, each with mail to everybody.
COMING_MAX, COMING_OF_CIRCLE_MAX = 60, 12
REASON_MAX = 500
#: What people plan by: those invited are told at once, and calendars through SEQUENCE.
MATERIAL = frozenset({"kind", "title", "starts_at", "ends_at", "host_school_id", "venue", "link"})
#: Told as well if the meeting is sooner than calendar programs fetch again.
URGENT = frozenset({"notes"})


class MeetingRefused(ValueError):
    """The meeting cannot be saved as it is; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.words for problem in self.problems))


class MeetingIsCancelled(ValueError):
    """A cancelled meeting can no longer change."""


class MeetingHasBegun(ValueError):
    """A meeting that has begun can no longer be changed or answered."""


class MeetingIsOver(ValueError):
    """A meeting that is over cannot be cancelled."""


class MeetingNotOver(ValueError):
    """Minutes cannot be written before the meeting ends."""


class NotAGuest(ValueError):
    """Only people who are invited can answer."""


def call(
    *, actor: Actor, now: datetime, details: MeetingDetails, guest_ids: Collection[int] = ()
) -> Meeting:
    """Call a meeting and tell everybody invited: of a circle, by name. Raises MeetingRefused."""
    _refuse((*meeting_details.problems(details, now=now), *_host_problems(details)))
    details = details.settled()
    most = COMING_OF_CIRCLE_MAX if details.circle else COMING_MAX
    if queries.coming_count(now, details.circle) >= most:
        words = f"There are already {most} meetings to come, which is the most. Cancel one first."
        raise MeetingRefused([Problem("", words)])
    meeting = Meeting(
        uid=str(uuid.uuid4()), called_by_id=actor.person_id, called_at=now, modified_at=now
    )
    _copy(details, meeting)
    db.session.add(meeting)
    db.session.flush()
    db.session.add_all(
        MeetingGuest(meeting_id=meeting.id, person_id=person_id) for person_id in guest_ids
    )
    _record(actor, "call_meeting", meeting, now)
    mail.tell_of_call(meeting, queries.guests(meeting), now=now)
    return meeting


def change(
    *, actor: Actor, now: datetime, meeting: Meeting, details: MeetingDetails
) -> tuple[str, ...]:
    """Change a meeting that has not begun; return the names of what changed.

    Those invited are told about what they plan by. If the start moves, everybody is asked again.
    Raises MeetingRefused, MeetingHasBegun, MeetingIsCancelled.
    """
    meeting = _locked_to_come(meeting, now)
    before = meeting_details.details_of(meeting)
    _refuse(
        (
            *meeting_details.problems(details, now=now),
            *meeting_details.narrowing(before, details),
            *_host_problems(details, kept=before.host_school_id),
        )
    )
    details = details.settled()
    changes = meeting_details.changed_fields(before, details)
    if not changes:
        return ()
    told = told_of(changes, starts_at=min(before.starts_at, details.starts_at), now=now)
    known = {person.id for person in db.session.scalars(queries.guests(meeting))}
    _copy(details, meeting)
    meeting.modified_at = now
    meeting.sequence += bool(told)
    asked_again = _ask_again(meeting) if "starts_at" in changes else 0
    _record(actor, "change_meeting", meeting, now, fields=list(changes), asked_again=asked_again)
    mail.tell_of_change(
        meeting,
        queries.guests(meeting),
        known=known,
        told=told,
        asked_again="starts_at" in changes,
        now=now,
    )
    return changes


def invite(*, now: datetime, circle: str, person: Person) -> None:
    """Invite somebody who joins a circle to the meetings of it that are still to come."""
    for meeting in queries.coming_of(circle, now):
        row = insert_into(MeetingGuest).values(meeting_id=meeting.id, person_id=person.id)
        added = db.session.scalars(
            row.on_conflict_do_nothing().returning(MeetingGuest.person_id)
        ).one_or_none()
        if added is not None:
            mail.tell_guest(meeting, person, now=now)


def let_go(*, now: datetime, circle: str, person_id: int) -> None:
    """Take somebody who leaves a circle from the meetings of it that are still to come."""
    ids = [meeting.id for meeting in queries.coming_of(circle, now)]
    for table in (MeetingGuest, MeetingAnswer):
        db.session.execute(
            delete(table).where(table.meeting_id.in_(ids), table.person_id == person_id)
        )


def told_of(changes: Sequence[str], *, starts_at: datetime, now: datetime) -> tuple[str, ...]:
    """Return which of these changes people are told: what they plan by; near the day, all."""
    near = starts_at - REFRESH_LAG <= now
    told = MATERIAL | (URGENT if near else frozenset())
    return tuple(name for name in changes if name in told)


def cancel(*, actor: Actor, now: datetime, meeting: Meeting, reason: str) -> None:
    """Cancel a meeting that is not over, and tell those invited why, once.

    Raises ReasonMissing, MeetingIsOver, MeetingIsCancelled.
    """
    meeting = _locked(meeting)
    if meeting.ends_at <= now:
        raise MeetingIsOver(f"{meeting.title} is over, so it can no longer be cancelled.")
    if not reason.strip():
        raise ReasonMissing("Say why it is cancelled. Everybody invited will be told.")
    if len(reason) > REASON_MAX:
        raise ReasonMissing(f"Shorten the reason to {REASON_MAX} characters.")
    meeting.cancelled_at = meeting.modified_at = now
    meeting.cancelled_reason = reason.strip()
    meeting.sequence += 1
    _record(actor, "cancel_meeting", meeting, now, reason=meeting.cancelled_reason)
    mail.tell_of_cancellation(meeting, queries.guests(meeting), now=now)


def answer(*, actor: Actor, now: datetime, meeting: Meeting, answer: Answer) -> None:
    """Answer for the actor; the last answer before the meeting begins counts.

    Raises NotAGuest, MeetingHasBegun, MeetingIsCancelled.
    """
    meeting = _locked_to_come(meeting, now)
    if meeting.id not in queries.standings(actor.person_id, [meeting]):
        raise NotAGuest("You can read about this meeting, but you are not invited yourself.")
    row = db.session.get(MeetingAnswer, (meeting.id, actor.person_id))
    if row is None:
        row = MeetingAnswer(meeting_id=meeting.id, person_id=actor.person_id)
        db.session.add(row)
    elif row.answer is answer:
        return
    row.answer, row.answered_at = answer, now
    _record(actor, "answer_meeting", meeting, now, answer=answer.value)


def keep_minutes(*, actor: Actor, now: datetime, meeting: Meeting, text: str, link: str) -> None:
    """Save the minutes, or where to read them; leaving both empty removes them.

    Raises MeetingNotOver, MeetingIsCancelled, MeetingRefused.
    """
    meeting = _locked(meeting)
    if meeting.ends_at > now:
        raise MeetingNotOver(f"{meeting.title} is not over yet. Write the minutes afterwards.")
    _refuse(_minutes_problems(meeting, text, link))
    if (meeting.minutes, meeting.minutes_link) == (text, link):
        return
    meeting.minutes, meeting.minutes_link = text, links.tidy(link) if link else ""
    meeting.minutes_at = now if text or link else None
    # Not the text: the trail is kept for ever, and minutes may need to be corrected.
    _record(actor, "keep_minutes", meeting, now, characters=len(text), link=bool(link))


def _host_problems(details: MeetingDetails, *, kept: int | None = None) -> Iterator[Problem]:
    """Yield a problem if the host is not a member; one that has left since keeps its meeting."""
    chosen = details.host_school_id
    if chosen is None or chosen == kept:
        return
    if not any(school.left_on is None for school in school_queries.schools_by_id((chosen,))):
        yield Problem("host_school_id", "Choose a school that is in the network.")


def _minutes_problems(meeting: Meeting, text: str, link: str) -> Iterable[Problem]:
    if not text and not link and meeting.minutes_at is None:
        yield Problem("minutes", "Write the minutes, or give a link to them.")
    if len(text) > MINUTES_MAX:
        yield Problem("minutes", f"Shorten this to {MINUTES_MAX:,} characters.")
    yield from meeting_details.link_problems("minutes_link", link)


def _refuse(problems: Iterable[Problem]) -> None:
    if found := tuple(problems):
        raise MeetingRefused(found)


def _copy(details: MeetingDetails, meeting: Meeting) -> None:
    for name in meeting_details.COLUMNS:
        setattr(meeting, name, getattr(details, name))
    kept = [row for row in meeting.roles if row.role in details.roles]
    new = details.roles - {row.role for row in kept}
    meeting.roles = [*kept, *(MeetingRole(role=role) for role in sorted(new))]


def _ask_again(meeting: Meeting) -> int:
    found = db.session.scalars(
        delete(MeetingAnswer)
        .where(MeetingAnswer.meeting_id == meeting.id)
        .returning(MeetingAnswer.person_id)
    )
    return len(found.all())


def _locked(meeting: Meeting) -> Meeting:
    """Return a meeting read afresh and locked; refuse if it is cancelled."""
    found = locks.meeting(meeting.id)
    if found.cancelled_at is not None:
        raise MeetingIsCancelled(f"{found.title} is cancelled, so it can no longer be changed.")
    return found


def _locked_to_come(meeting: Meeting, now: datetime) -> Meeting:
    found = _locked(meeting)
    if found.starts_at <= now:
        raise MeetingHasBegun(f"{found.title} has begun, so this can no longer be changed.")
    return found


def _record(
    actor: Actor, action: str, meeting: Meeting, now: datetime, *, reason: str = "", **facts: object
) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=meeting,
        school_id=meeting.host_school_id,
        reason=reason,
        now=now,
        **facts,
    )

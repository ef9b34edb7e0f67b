"""Second an idea for a school, once, and take that back."""

from datetime import datetime

from booking.days.ideas import queries
from booking.days.ideas.details import NOTE_MAX, PUPILS_MAX
from booking.days.ideas.models import Idea, IdeaSecond
from booking.days.ideas.refusals import IdeaRefused, NotForThisSchool
from booking.days.ideas.service import proposing
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def second(
    *, actor: Actor, now: datetime, idea: Idea, school_id: int, pupils: int, note: str = ""
) -> IdeaSecond:
    """Say that a school would come, with about how many pupils; said again, it is corrected.

    Raises IdeaNotOpen, IdeaRefused, NotForThisSchool.
    """
    idea = proposing.open_one(idea)
    proposing.may_speak(actor, school_id)
    if school_id == idea.school_id:
        raise NotForThisSchool("This is your own school’s idea, so it counts already.")
    _refuse(pupils, note)
    row = queries.second_of(idea.id, school_id)
    if row is None:
        row = IdeaSecond(idea_id=idea.id, school_id=school_id)
        db.session.add(row)
    elif (row.pupils, row.note) == (pupils, note):
        return row
    row.person_id, row.seconded_at = actor.person_id, now
    row.pupils, row.note = pupils, note
    proposing.touch(idea, now)
    audit.record(
        actor=actor, action="second_idea", subject=idea, school_id=school_id, now=now, pupils=pupils
    )
    return row


def undo_second(*, actor: Actor, now: datetime, idea: Idea, school_id: int) -> None:
    """Take back that a school would come. Raises IdeaNotOpen, NotForThisSchool."""
    idea = proposing.open_one(idea)
    proposing.may_speak(actor, school_id)
    row = queries.second_of(idea.id, school_id)
    if row is None:
        return
    db.session.delete(row)
    audit.record(actor=actor, action="undo_second", subject=idea, school_id=school_id, now=now)


def _refuse(pupils: int, note: str) -> None:
    found = []
    if not 1 <= pupils <= PUPILS_MAX:
        found.append(Problem("pupils", f"Enter about how many pupils, from 1 to {PUPILS_MAX}."))
    if len(note) > NOTE_MAX:
        found.append(Problem("note", f"Shorten this to {NOTE_MAX} characters."))
    if found:
        raise IdeaRefused(found)

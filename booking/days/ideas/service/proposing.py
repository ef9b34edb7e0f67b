"""Propose an idea, change it, and close it with a word."""

from datetime import datetime

from booking.days.ideas import details as idea_details
from booking.days.ideas import locks
from booking.days.ideas.details import NAMES, WORD_MAX, IdeaDetails
from booking.days.ideas.models import Idea, IdeaState
from booking.days.ideas.refusals import IdeaNotOpen, IdeaRefused, NotForThisSchool
from booking.days.ideas.service import mail
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Role, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def propose(*, actor: Actor, now: datetime, school_id: int | None, details: IdeaDetails) -> Idea:
    """Propose an idea for a school, or (None) for the network lead.

    Raises IdeaRefused, NotForThisSchool.
    """
    _refuse(details)
    may_speak(actor, school_id)
    idea = Idea(
        school_id=school_id, proposed_by_id=actor.person_id, proposed_at=now, touched_at=now
    )
    _copy(details, idea)
    db.session.add(idea)
    audit.record(actor=actor, action="propose_idea", subject=idea, school_id=school_id, now=now)
    return idea


def change(*, actor: Actor, now: datetime, idea: Idea, details: IdeaDetails) -> tuple[str, ...]:
    """Change an open idea; return the names of what changed. Raises IdeaRefused, IdeaNotOpen."""
    idea = open_one(idea)
    _refuse(details)
    before = idea_details.details_of(idea)
    changes = tuple(name for name in NAMES if getattr(before, name) != getattr(details, name))
    if not changes:
        return ()
    _copy(details, idea)
    touch(idea, now)
    audit.record(
        actor=actor,
        action="change_idea",
        subject=idea,
        school_id=idea.school_id,
        now=now,
        fields=list(changes),
    )
    return changes


def close(*, actor: Actor, now: datetime, idea: Idea, word: str) -> Idea:
    """Close an open idea with a word: declined by the lead, withdrawn by whoever had it.

    Everybody behind it is told. Raises IdeaNotOpen, ReasonMissing.
    """
    idea = open_one(idea)
    if not word.strip():
        raise ReasonMissing("Say why, in a few words. Everybody behind the idea will read it.")
    if len(word) > WORD_MAX:
        raise ReasonMissing(f"Shorten this to {WORD_MAX} characters.")
    is_own = actor.person_id is not None and actor.person_id == idea.proposed_by_id
    idea.state = IdeaState.CLOSED if is_own else IdeaState.DECLINED
    idea.closed_at, idea.closed_word = now, word.strip()
    audit.record(
        actor=actor,
        action="close_idea" if is_own else "decline_idea",
        subject=idea,
        school_id=idea.school_id,
        reason=idea.closed_word,
        now=now,
    )
    mail.tell_of_end(idea, actor=actor, now=now)
    return idea


def open_one(idea: Idea) -> Idea:
    """Return the locked idea, which must be open. Raises IdeaNotOpen."""
    idea = locks.idea(idea.id)
    if idea.event_id is not None:
        raise IdeaNotOpen(f"“{idea.title}” has been taken up already: an event is made from it.")
    if idea.state is not IdeaState.OPEN:
        raise IdeaNotOpen(f"“{idea.title}” has been closed.")
    return idea


def touch(idea: Idea, now: datetime) -> None:
    """Note that somebody has added to an idea, so that it is not silent."""
    idea.touched_at, idea.warned_at = now, None


def may_speak(actor: Actor, school_id: int | None) -> None:
    """Raise NotForThisSchool unless the actor may speak for that school, or for the network."""
    if actor.kind != "person":
        return
    if school_id is None:
        if not actor.has(Role.LEAD):
            raise NotForThisSchool("Choose the school that you speak for.")
    elif not permissions.may(actor, Action.SECOND_IDEA, Scope(school_id)):
        raise NotForThisSchool("Choose a school that you speak for.")


def _refuse(details: IdeaDetails) -> None:
    if found := tuple(idea_details.problems(details)):
        raise IdeaRefused(found)


def _copy(details: IdeaDetails, idea: Idea) -> None:
    for name in NAMES:
        setattr(idea, name, getattr(details, name))

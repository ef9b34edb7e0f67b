"""What every act here does: move a state, refuse what is over, and write down who did it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from booking.domain import asking_colleagues, moves, visits
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.domain.visits import MOVES, WORDS_MAX, VisitState
from booking.foundation.audit import service as audit
from booking.network.colleague_questions import queries as colleague_question_queries
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.network.visits.refusals import VisitOver


def move(row: StaffVisit | VisitAsk, to: VisitState, now: datetime) -> None:
    """Let a visit, or a colleague's part in it, be in another state. Raises MoveNotAllowed."""
    visit, thing = (row, "visit") if isinstance(row, StaffVisit) else (row.visit, "request")
    stands = visits.standing(row.state, ends_at=visit.ends_at, now=now)
    row.state = moves.move(thing, MOVES, stands, to)
    if isinstance(row, VisitAsk):
        row.moved_at = now
    # Who comes decides whose calendar it is in.
    visit.modified_at = now


def is_to_come(visit: StaffVisit, now: datetime) -> None:
    """Refuse what can no longer be visited. Raises VisitOver."""
    if visit.state is VisitState.CANCELLED:
        raise VisitOver("This visit is cancelled.")
    if visit.ends_at <= now:
        raise VisitOver("This visit is over.")


def word(said: str, missing: str = "") -> str:
    """Return a word that somebody gives with an act. Raises ReasonMissing."""
    said = said.strip()
    if missing and not said:
        raise ReasonMissing(missing)
    if len(said) > WORDS_MAX:
        raise ReasonMissing(f"Shorten this to {WORDS_MAX:,} characters.")
    return said


def name_problems(field: str, words: str, actor: Actor) -> Iterator[Problem]:
    """Yield that a text names a pupil of a school of whoever writes it."""
    names = colleague_question_queries.names_of_pupils(actor.schools())
    if found := asking_colleagues.named_in(words, names):
        yield Problem(
            field,
            f"“{found}” is the name of a pupil at your school. Say “a pupil in Year 5”, or the "
            "like. If it is somebody else’s name, say so below.",
        )


def record(*, actor: Actor, action: str, visit: StaffVisit, now: datetime, **facts: Any) -> None:
    """Write down who did what, without anything that was said."""
    audit.record(
        actor=actor, action=action, subject=visit, school_id=visit.school_id, now=now, **facts
    )

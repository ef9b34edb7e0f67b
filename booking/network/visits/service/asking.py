"""Ask to come, answer, withdraw, and write afterwards what was taken home."""

from datetime import datetime

from booking.domain import visits
from booking.domain.permissions import Actor, Role
from booking.domain.problems import Problem
from booking.domain.visits import COMING, NOTE_MAX, VisitState
from booking.foundation.db import db
from booking.network.visits import locks, queries
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.network.visits.refusals import (
    AskedToCome,
    NoteTooEarly,
    NotForYou,
    VisitFull,
    VisitRefused,
)
from booking.network.visits.service import mail, steps

_FULL = "Every place has been given. Somebody may still withdraw, so look again later."


def ask(
    *, actor: Actor, now: datetime, visit: StaffVisit, hope: str, school_id: int | None
) -> VisitAsk:
    """Ask to come; whoever opened the visit is told. Whoever withdrew may ask again.

    Raises ReasonMissing, VisitOver, NotForYou, AskedToCome, VisitFull.
    """
    hope = steps.word(hope, "Say in a few words what you hope to see.")
    visit = locks.visit(visit.id)
    steps.is_to_come(visit, now)
    _refuse_strangers(actor, visit, school_id)
    found = queries.own_ask(visit.id, actor.person_id)
    if found is not None and found.state in COMING:
        raise AskedToCome("You have asked already. This page says how it stands.")
    _room_for_one(visit)
    if found is None:
        found = VisitAsk(visit=visit, visitor_id=actor.person_id, asked_at=now, moved_at=now)
        found.state = VisitState.ASKED
        db.session.add(found)
    else:
        steps.move(found, VisitState.ASKED, now)
    found.school_id, found.hope, found.answer = school_id, hope, ""
    db.session.flush()
    steps.record(actor=actor, action="ask_to_visit", visit=visit, now=now)
    mail.tell_opener_of_ask(found, now=now)
    return found


def answer(*, actor: Actor, now: datetime, ask: VisitAsk, says_yes: bool, word: str) -> None:
    """Say yes or no to a colleague, who is told; an earlier answer can be put right.

    Raises ReasonMissing, VisitOver, VisitFull, MoveNotAllowed.
    """
    said = steps.word(word, "" if says_yes else "Say why. Your colleague will read this.")
    ask = locks.ask(ask.id)
    steps.is_to_come(ask.visit, now)
    if says_yes and ask.state is not VisitState.AGREED:
        _room_for_one(ask.visit)
    steps.move(ask, VisitState.AGREED if says_yes else VisitState.TURNED_DOWN, now)
    ask.answer = said
    steps.record(
        actor=actor,
        action="agree_to_visit" if says_yes else "turn_visitor_down",
        visit=ask.visit,
        now=now,
    )
    mail.tell_answer(ask, actor=actor, now=now)


def withdraw(*, actor: Actor, now: datetime, ask: VisitAsk) -> None:
    """Withdraw what one asked; whoever opened the visit is told.

    Raises VisitOver, MoveNotAllowed.
    """
    ask = locks.ask(ask.id)
    steps.is_to_come(ask.visit, now)
    steps.move(ask, VisitState.WITHDRAWN, now)
    steps.record(actor=actor, action="withdraw_from_visit", visit=ask.visit, now=now)
    mail.tell_opener_of_withdrawal(ask, now=now)


def write_note(
    *,
    actor: Actor,
    now: datetime,
    ask: VisitAsk,
    note: str,
    is_shared: bool,
    no_pupil: bool = False,
) -> None:
    """Write, correct or (with nothing in it) delete what one took home.

    Only its visitor reads it, unless they share it. Raises NoteTooEarly, VisitRefused.
    """
    ask, note = locks.ask(ask.id), note.strip()
    if not visits.may_note(ask.state, ends_at=ask.visit.ends_at, now=now):
        raise NoteTooEarly("A note is for whoever came, after the visit.")
    found = [] if no_pupil else list(steps.name_problems("note", note, actor))
    if len(note) > NOTE_MAX:
        found.append(Problem("note", f"Shorten this to {NOTE_MAX:,} characters."))
    if is_shared and not note:
        found.append(Problem("note", "Write what you took home, or do not share it."))
    if found:
        raise VisitRefused(found)
    ask.note, ask.note_shared, ask.noted_at = note, is_shared, now if note else None
    steps.record(actor=actor, action="note_visit", visit=ask.visit, now=now)


def _refuse_strangers(actor: Actor, visit: StaffVisit, school_id: int | None) -> None:
    own = actor.schools()
    if not visits.may_ask(
        schools=own,
        is_associate=actor.has(Role.ASSOCIATE),
        host_school=visit.school_id,
        for_partners=visit.for_partners,
    ):
        raise NotForYou("This visit is for colleagues of other schools.")
    if (school_id in own) is not bool(own):
        raise NotForYou("Choose one of your own schools.")


def _room_for_one(visit: StaffVisit) -> None:
    if not visits.has_room(room=visit.room, agreed=queries.agreed(visit.id)):
        raise VisitFull(_FULL)

"""Take down what somebody asks about what is held, put the answer off, answer it, lift."""

from datetime import date, datetime

from booking.domain import data_rights, terms
from booking.domain.data_rights import AskedState, DataRight, RestrictionGround
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School
from booking.rights.data_requests import details, locks, mail, queries
from booking.rights.data_requests.details import WORDS_MAX, Asked
from booking.rights.data_requests.models import DataRequest
from booking.rights.data_requests.refusals import (
    AskedAlready,
    AskedRefused,
    CannotTakeLonger,
    GroundMissing,
    NothingToLift,
    RequestEnded,
    WordsMissing,
)

__all__ = [
    "AskedAlready",
    "AskedRefused",
    "CannotTakeLonger",
    "GroundMissing",
    "NothingToLift",
    "RequestEnded",
    "WordsMissing",
    "answer",
    "ask",
    "lift",
    "take_longer",
]
#: What may be answered by only keeping what is held: Articles 18 and 21.
RESTRICTING = frozenset({DataRight.RESTRICTION, DataRight.OBJECTION})


def ask(*, actor: Actor, now: datetime, school: School | None, asked: Asked) -> DataRequest:
    """Take down a request; whoever answers and whoever asked are told.

    Raises AskedRefused, AskedAlready.
    """
    today = terms.london(now).date()
    if found := tuple(details.problems(asked, today=today)):
        raise AskedRefused(found)
    locks.asker(asked)
    if before := queries.asked_before(asked):
        raise AskedAlready(before.due_on)
    request = DataRequest(
        school=school,
        asked_right=asked.right,
        channel=asked.channel,
        received_on=asked.received_on,
        entered_at=now,
        entered_by_id=actor.person_id,
        asker=asked.asker,
        about=asked.about,
        wanted=asked.wanted,
        # Whoever is erased has to be told so.
        reply_to=asked.reply_to or (asked.parent.email if asked.parent else ""),
        pupil=asked.pupil,
        parent=asked.parent,
        person=asked.person,
        adult=asked.adult,
        of_pupil=asked.pupil is not None,
        of_parent=asked.parent is not None,
        due_on=_due(asked, data_rights.MONTHS),
    )
    db.session.add(request)
    _record("take_data_request", request, actor=actor, now=now)
    mail.tell_who_answers(request, now=now)
    mail.tell_asker(request, "taken", now=now)
    return request


def _due(asked: Asked | DataRequest, months: int) -> date:
    year = asked.received_on.year
    holidays = school_queries.bank_holidays(year, year + 1)
    return data_rights.answer_by(asked.received_on, holidays, months=months)


def take_longer(*, actor: Actor, now: datetime, request: DataRequest, because: str) -> DataRequest:
    """Put the answer off by two months, once and within the first; whoever asked is told why.

    Raises RequestEnded, CannotTakeLonger, WordsMissing.
    """
    request = _open(request)
    if request.extended_at is not None:
        raise CannotTakeLonger("The answer has been put off already, which is possible once.")
    if not data_rights.may_take_longer(request.due_on, terms.london(now).date()):
        raise CannotTakeLonger("The month is over, so it is too late to put the answer off.")
    because = _words(because, "Write why it takes longer. Whoever asked will read it.")
    request.extended_at, request.extended_because = now, because
    request.due_on = _due(request, data_rights.MONTHS_IF_COMPLEX)
    _record("put_off_data_request", request, actor=actor, now=now)
    mail.tell_asker(request, "later", now=now, said=because)
    return request


def answer(
    *,
    actor: Actor,
    now: datetime,
    request: DataRequest,
    done: bool,
    words: str,
    ground: RestrictionGround | None = None,
    tell_hosts: bool = False,
) -> DataRequest:
    """Record that it was done, or why not; whoever asked is told, and hosts with a list.

    With a ground, nothing new is done with what is held from now on. A restriction that is granted
    needs one. Raises RequestEnded, WordsMissing, GroundMissing.
    """
    request = _open(request)
    if done and request.asked_right is DataRight.RESTRICTION and ground is None:
        raise GroundMissing
    if not done:
        words = _words(words, "Write why it is not done. Whoever asked will read it.")
    elif len(words) > WORDS_MAX:
        raise WordsMissing(f"Shorten this to {WORDS_MAX:,} characters.")
    request.state = AskedState.DONE if done else AskedState.REFUSED
    request.answer = words
    request.answered_at, request.answered_by_id = now, actor.person_id
    if done and ground is not None and request.asked_right in RESTRICTING:
        request.restricted_at, request.ground = now, ground
    told = queries.where_known(request.pupil, now) if tell_hosts and done and request.pupil else ()
    _record("answer_data_request" if done else "refuse_data_request", request, actor=actor, now=now)
    mail.tell_asker(request, "done" if done else "refused", now=now, said=words)
    mail.tell_hosts(told, request, now=now)
    return request


def lift(
    *, actor: Actor, now: datetime, request: DataRequest, is_told: bool = False
) -> DataRequest:
    """End a restriction: whoever asked for it is told before (Article 18(3)), so in a week.

    If they know, because they asked for it or were rung, it ends at once. Raises NothingToLift.
    """
    request = locks.data_request(request.id)
    if request.restricted_at is None or request.lifted_at is not None:
        raise NothingToLift
    request.lifted_at = data_rights.lifts_at(now, is_told=is_told)
    _record("lift_restriction", request, actor=actor, now=now)
    mail.tell_asker(request, "lifted", now=now)
    return request


def _open(request: DataRequest) -> DataRequest:
    request = locks.data_request(request.id)
    if request.state is not AskedState.OPEN:
        raise RequestEnded
    return request


def _words(given: str, if_missing: str) -> str:
    if not (given := given.strip()):
        raise WordsMissing(if_missing)
    if len(given) > WORDS_MAX:
        raise WordsMissing(f"Shorten this to {WORDS_MAX:,} characters.")
    return given


def _record(action: str, request: DataRequest, *, actor: Actor, now: datetime) -> None:
    """Write down that it happened and by when an answer is due; nothing of what was written."""
    audit.record(
        actor=actor,
        action=action,
        subject=request,
        school_id=request.school_id,
        now=now,
        asked_right=request.asked_right.value,
        due_on=request.due_on.isoformat(),
    )

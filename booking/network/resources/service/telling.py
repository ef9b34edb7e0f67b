"""Tell the lead what is wrong with a resource; the lead settles it with a word."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.domain.resourcing import WORD_MAX
from booking.foundation.db import db
from booking.network.resources import locks
from booking.network.resources.models import Resource, ResourceProblem
from booking.network.resources.refusals import ProblemSettled
from booking.network.resources.service import mail
from booking.network.resources.service.sharing import record, standing


def tell_problem(*, actor: Actor, now: datetime, resource: Resource, told: str) -> ResourceProblem:
    """Tell the lead what is wrong. Raises ReasonMissing, ResourceWithdrawn."""
    told = _word(told, "Say what is wrong. The network lead will read this.")
    resource = standing(resource)
    problem = ResourceProblem(resource=resource, told_by_id=actor.person_id, told=told, told_at=now)
    db.session.add(problem)
    record(actor=actor, action="tell_problem", resource=resource, now=now)
    mail.tell_of_problem(problem, now=now)
    return problem


def settle_problem(*, actor: Actor, now: datetime, problem: ResourceProblem, answer: str) -> None:
    """Settle what somebody told, who is answered by mail. Raises ReasonMissing, ProblemSettled."""
    answer = _word(answer, "Say what you did. Whoever told you will read this.")
    problem = locks.problem(problem.id)
    if problem.settled_at is not None:
        raise ProblemSettled("This has been settled already.")
    problem.settled_at, problem.answer = now, answer
    record(actor=actor, action="settle_problem", resource=problem.resource, now=now)
    mail.tell_of_settling(problem, actor=actor, now=now)


def _word(said: str, missing: str) -> str:
    said = said.strip()
    if not said:
        raise ReasonMissing(missing)
    if len(said) > WORD_MAX:
        raise ReasonMissing(f"Shorten this to {WORD_MAX} characters.")
    return said

"""Claim a cost of an event, send the claim again, withdraw it."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime

from booking.days.events.models import Event, EventState
from booking.domain import claiming
from booking.domain.claiming import CostClaimState
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.db import db
from booking.foundation.files import service as files
from booking.foundation.files.details import FileFacts, Upload
from booking.foundation.files.models import FileAudience
from booking.money.claims import locks, mail, shelf
from booking.money.claims.details import CostClaimDetails
from booking.money.claims.models import CostClaim
from booking.money.claims.refusals import CostClaimRefused, NothingTookPlace
from booking.money.claims.service import moves
from booking.people.schools.models import Person


def claim(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    details: CostClaimDetails,
    receipt: Upload,
    quota_bytes: int,
) -> CostClaim:
    """Claim a cost of an event with its receipt, and tell those who may decide.

    A cancelled event may have cost something too. Raises CostClaimRefused, NothingTookPlace, and
    what `files.attach` raises.
    """
    if event.state is EventState.DRAFT:
        raise NothingTookPlace("Nobody knows of this event yet. Publish it first.")
    _check(event, details)
    made = CostClaim(claimant_id=actor.person_id, claimed_at=now, **asdict(details))
    made.event = event
    made.claimant = db.session.get(Person, actor.person_id) if actor.person_id else None
    db.session.add(made)
    db.session.flush()
    files.attach(
        actor=actor,
        now=now,
        owner=shelf.of_claim(made, actor=actor),
        upload=receipt,
        facts=FileFacts(label=shelf.LABELS[0], audience=FileAudience.HOSTS),
        quota_bytes=quota_bytes,
    )
    moves.record(made, actor=actor, now=now, action="claim_cost")
    mail.to_decide(made, actor=actor, now=now)
    return made


def send_again(
    *, actor: Actor, now: datetime, claim: CostClaim, details: CostClaimDetails
) -> CostClaim:
    """Send a claim again for which more was asked. Raises CostClaimRefused, MoveNotAllowed."""
    claim = locks.claim(claim.id)
    claiming.move(claim.state, CostClaimState.CLAIMED)
    _check(claim.event, details)
    for name, value in asdict(details).items():
        setattr(claim, name, value)
    moves.move(claim, CostClaimState.CLAIMED, actor=actor, now=now, action="claim_cost_again")
    mail.to_decide(claim, actor=actor, now=now)
    return claim


def withdraw(*, actor: Actor, now: datetime, claim: CostClaim) -> CostClaim:
    """Withdraw a claim that nobody has approved for good. Raises MoveNotAllowed."""
    claim = locks.claim(claim.id)
    moves.move(claim, CostClaimState.WITHDRAWN, actor=actor, now=now, action="withdraw_cost_claim")
    return claim


def _check(event: Event, details: CostClaimDetails) -> None:
    if found := tuple(_problems(event, details)):
        raise CostClaimRefused(*found)


def _problems(event: Event, details: CostClaimDetails) -> Iterator[Problem]:
    if details.pence <= 0:
        yield Problem("pence", "Enter what it cost, more than nothing.")
    if details.line and details.line not in {line.label for line in event.cost_lines}:
        yield Problem("line", "Choose a line of the event’s budget.")
    for field, words, missing in (
        ("what", details.what, "Say what it is for."),
        ("payee", details.payee, "Say who is to be paid."),
    ):
        if not words.strip():
            yield Problem(field, missing)
        if len(words) > claiming.TEXT_MAX:
            yield Problem(field, f"Shorten this to {claiming.TEXT_MAX} characters.")

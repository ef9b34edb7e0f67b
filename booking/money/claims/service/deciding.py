"""Decide on a claim: approve it, alone or as one of two, refuse it, or ask for more."""

from datetime import datetime

from booking.domain import claiming
from booking.domain.claiming import CostClaimState
from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.foundation.db import db
from booking.money.claims import locks, mail, queries
from booking.money.claims.models import CostClaim, CostClaimApproval
from booking.money.claims.service import moves
from booking.money.fund import queries as fund_queries

_ACTIONS = {
    CostClaimState.REFUSED: "refuse_cost_claim",
    CostClaimState.RETURNED: "send_cost_claim_back",
}


def approve(*, actor: Actor, now: datetime, claim: CostClaim) -> CostClaim:
    """Approve a claim; the last approval that is needed lets it be paid.

    Raises MoveNotAllowed, and what `claiming.check_decider` raises.
    """
    claim = locks.claim(claim.id)
    _check_decider(actor, claim)
    needed = claiming.approvals_needed(claim.pence, fund_queries.alone_up_to_pence())
    is_last = len(claim.approvals) + 1 >= needed
    to = CostClaimState.APPROVED if is_last else CostClaimState.APPROVED_ONCE
    claiming.move(claim.state, to)
    claim.approvals.append(CostClaimApproval(person_id=actor.person_id, approved_at=now))
    db.session.flush()
    moves.move(claim, to, actor=actor, now=now, action="approve_cost_claim")
    if is_last:
        claim.approved_at = now
        mail.approved(claim, actor=actor, now=now)
    else:
        mail.to_decide(claim, actor=actor, now=now)
    return claim


def refuse(*, actor: Actor, now: datetime, claim: CostClaim, reason: str) -> CostClaim:
    """Refuse a claim, and tell the claimant why. Raises ReasonMissing and as `approve` does."""
    if not reason.strip():
        raise ReasonMissing("Give a reason, so that the claimant knows.")
    claim = _end(actor, now, claim, CostClaimState.REFUSED, reason)
    mail.refused(claim, now=now)
    return claim


def send_back(*, actor: Actor, now: datetime, claim: CostClaim, reason: str) -> CostClaim:
    """Ask the claimant for more. Raises ReasonMissing and as `approve` does."""
    if not reason.strip():
        raise ReasonMissing("Say what is missing, so that the claimant can send it.")
    claim = _end(actor, now, claim, CostClaimState.RETURNED, reason)
    mail.sent_back(claim, now=now)
    return claim


def _end(
    actor: Actor, now: datetime, claim: CostClaim, to: CostClaimState, reason: str
) -> CostClaim:
    """End a decision about a claim: earlier approvals no longer count."""
    claim = locks.claim(claim.id)
    # Whoever has approved may still change their mind; those it concerns may not decide.
    _check_decider(actor, claim, may_have_approved=True)
    moves.move(claim, to, actor=actor, now=now, action=_ACTIONS[to], reason=reason.strip())
    claim.approvals.clear()
    claim.approved_at = None
    return claim


def _check_decider(actor: Actor, claim: CostClaim, *, may_have_approved: bool = False) -> None:
    approved_by = [one.person_id for one in claim.approvals if one.person_id is not None]
    claiming.check_decider(
        person_id=actor.person_id,
        person_schools=queries.schools_of(actor),
        claimant_id=claim.claimant_id,
        school_id=claim.event.host_school_id,
        approved_by=() if may_have_approved else approved_by,
    )

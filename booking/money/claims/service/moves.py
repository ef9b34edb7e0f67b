"""The only way to change a claim's state, with its row locked."""

from datetime import datetime
from typing import Any

from booking.domain import claiming
from booking.domain.claiming import OVER, CostClaimState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.money.claims.models import CostClaim


def move(
    claim: CostClaim,
    to: CostClaimState,
    *,
    actor: Actor,
    now: datetime,
    action: str,
    reason: str = "",
    **facts: Any,
) -> None:
    """Move a locked claim to another state, and record it. Raises MoveNotAllowed."""
    before, claim.state = claim.state, claiming.move(claim.state, to)
    claim.reason = reason
    claim.ended_at = now if to in OVER else None
    record(
        claim, actor=actor, now=now, action=action, reason=reason, before=before, after=to, **facts
    )


def record(
    claim: CostClaim,
    *,
    actor: Actor,
    now: datetime,
    action: str,
    reason: str = "",
    **facts: Any,
) -> None:
    """Record an act about a claim."""
    audit.record(
        actor=actor,
        action=action,
        subject=claim,
        school_id=claim.event.host_school_id,
        reason=reason,
        now=now,
        event_id=claim.event_id,
        pence=claim.pence,
        **facts,
    )

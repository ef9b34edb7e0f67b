"""Write down what came of proving a part, in one row."""

from datetime import datetime

from booking.domain.proving import ProofPart
from booking.foundation.db import db
from booking.proofs.details import Found
from booking.proofs.models import NightlyProof


def write_down(
    part: ProofPart, found: Found, *, begun_at: datetime, now: datetime, milliseconds: int
) -> NightlyProof:
    """Add the proof of a part that has just ended, in the caller's transaction."""
    row = NightlyProof(
        part=part,
        outcome=found.outcome,
        begun_at=begun_at,
        ended_at=now,
        milliseconds=milliseconds,
        checks=found.checks,
        counted=found.counted,
        broken=found.broken,
        reason=found.reason,
        is_whole=found.is_whole,
        reached_id=found.reached.last_id,
        reached_hash=found.reached.hash,
        reached_rows=found.reached.rows,
    )
    db.session.add(row)
    return row

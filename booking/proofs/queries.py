"""Reads of proofs: each part's last ones, how far chains were proved, and a month of nights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from booking.domain.proving import KnownProof, ProofOutcome, ProofPart
from booking.foundation.db import db
from booking.proofs.models import NightlyProof
from booking.upkeep.models import JobRun, MadeCopy

#: How many nights are shown.
NIGHTS = 30


_LAST = select(func.max(NightlyProof.id)).group_by(NightlyProof.part)
_LAST_HELD = _LAST.where(NightlyProof.outcome == ProofOutcome.PROVED)


@dataclass(frozen=True)
class PartKnown:
    """A part's last proof, and its last that held."""

    last: NightlyProof
    held: NightlyProof | None

    @property
    def known(self) -> KnownProof:
        """Return what the domain judges by."""
        return KnownProof(self.last.outcome, self.held.ended_at if self.held else None)


def parts() -> Mapping[ProofPart, PartKnown]:
    """Return what is known of each part that was ever proved: one read."""
    found = db.session.scalars(
        select(NightlyProof)
        .where(NightlyProof.id.in_(_LAST) | NightlyProof.id.in_(_LAST_HELD))
        .order_by(NightlyProof.id)
    ).all()
    held = {row.part: row for row in found if row.outcome is ProofOutcome.PROVED}
    return {row.part: PartKnown(row, held.get(row.part)) for row in found}


def begun() -> Mapping[ProofPart, datetime]:
    """Return when each part was last begun: one read, because it is asked every few minutes."""
    found = select(NightlyProof.part, func.max(NightlyProof.begun_at)).group_by(NightlyProof.part)
    return {part: at for part, at in db.session.execute(found)}


def first_at() -> datetime | None:
    """Return when anything was proved for the first time that is still known."""
    return db.session.scalar(select(func.min(NightlyProof.ended_at)))


def whole_at(part: ProofPart) -> datetime | None:
    """Return when a chain was last proved from its first row."""
    return db.session.scalar(
        select(func.max(NightlyProof.ended_at)).where(
            NightlyProof.part == part,
            NightlyProof.outcome == ProofOutcome.PROVED,
            NightlyProof.is_whole,
        )
    )


def nightly(now: datetime) -> Sequence[tuple[ProofPart, ProofOutcome, datetime]]:
    """Return what was proved in the last month, oldest first: part, outcome, when."""
    found = (
        select(NightlyProof.part, NightlyProof.outcome, NightlyProof.begun_at)
        .where(NightlyProof.ended_at > now - timedelta(days=NIGHTS + 1))
        .order_by(NightlyProof.id)
    )
    return [(part, outcome, at) for part, outcome, at in db.session.execute(found)]


def newest_copy() -> MadeCopy | None:
    """Return the newest copy of the database that was written down."""
    return db.session.get(MadeCopy, 1)


def has_run(job: str) -> bool:
    """Return whether a job has ever ended here."""
    ended = select(JobRun.name).where(JobRun.name == job, JobRun.ended_at.is_not(None))
    return db.session.scalar(ended) is not None

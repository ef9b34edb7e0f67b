"""What was proved, when, and by how much: numbers only, nothing about anybody."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.domain.proving import ProofOutcome, ProofPart
from booking.foundation.db import Model, words


class NightlyProof(Model):
    """One part, proved or not: written once it has ended, so none is ever half."""

    __tablename__ = "proofs"
    __table_args__ = (Index("ix_proofs_part_ended_at", "part", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[ProofPart] = mapped_column(words(ProofPart))
    outcome: Mapped[ProofOutcome] = mapped_column(words(ProofOutcome))
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime] = mapped_column(index=True)
    milliseconds: Mapped[int]
    #: How many promises were checked, and how many rows, entries or rounds were read for them.
    checks: Mapped[int]
    counted: Mapped[int]
    #: Which promises did not hold, as the program words them; never what was found.
    broken: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Why it could not be proved here: one of `details.WhyNot`, or empty.
    reason: Mapped[str] = mapped_column(default="")
    #: Whether a chain was verified from its first row, and how far: the last row, the hash after
    #: it, and how many rows have been verified up to there.
    is_whole: Mapped[bool] = mapped_column(default=True)
    reached_id: Mapped[int] = mapped_column(default=0)
    reached_hash: Mapped[str] = mapped_column(default="")
    reached_rows: Mapped[int] = mapped_column(default=0)

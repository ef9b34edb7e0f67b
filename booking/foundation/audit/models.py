"""Tables of the audit trail and the seals over it, append-only; and of who was erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation import clock
from booking.foundation.audit.append_only import AppendOnly
from booking.foundation.db import Model


class AuditEntry(AppendOnly, Model):
    """One thing that somebody did. Ids and field names; never health text or secrets."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_subject_type_subject_id", "subject_type", "subject_id"),
        Index("ix_audit_entries_school_id", "school_id"),
        Index("ix_audit_entries_action", "action"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    #: None: the worker, a parent by link, or a visitor; `actor_kind` says which.
    person_id: Mapped[int | None] = mapped_column(index=True)
    actor_kind: Mapped[str]
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[str]
    school_id: Mapped[int | None]
    #: Facts about the change: field names, states before and after, counts.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    reason: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(default="")


class AuditSeal(AppendOnly, Model):
    """A seal over a run of audit entries in id order: the hash chain. Append-only."""

    __tablename__ = "audit_seals"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(unique=True)
    last_id: Mapped[int] = mapped_column(unique=True)
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
    #: [row id, hash after it] for each row, so that the first broken row can be named.
    marks: Mapped[list[list[Any]]] = mapped_column(JSON)
    sealed_at: Mapped[datetime] = mapped_column(default=clock.now)


class ErasedRow(Model):
    """Somebody was erased on request: who, as a random number alone, and when."""

    __tablename__ = "erasures"
    __table_args__ = (UniqueConstraint("kind", "public_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The table of the row: "pupils", "parents" or "people".
    kind: Mapped[str]
    public_id: Mapped[str]
    erased_at: Mapped[datetime]

"""Rows that are written once: the session refuses to change or delete them.

The database refuses as well, by triggers (migrations/versions/0010_append_only.py); this tells the
programmer earlier, and names the row.
"""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session


class ChangeOfHistory(RuntimeError):
    """A row of the ledger or of the audit trail was about to be changed or deleted."""


class AppendOnly:
    """Marks the tables whose rows are never changed: a mistake is corrected by a new row."""


@event.listens_for(Session, "before_flush")
def _refuse_changed_rows(session: Session, _context: Any, _instances: Any) -> None:
    for row in (*session.deleted, *(row for row in session.dirty if session.is_modified(row))):
        if isinstance(row, AppendOnly):
            raise ChangeOfHistory(f"{row!r} is append-only; write a new row instead")


@event.listens_for(Session, "do_orm_execute")
def _refuse_bulk_changes(state: ORMExecuteState) -> None:
    if not (state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, AppendOnly):
        raise ChangeOfHistory(f"{mapper.class_.__name__} is append-only; write a new row instead")

"""What the audit trail asks of features: how their acts are told, and who causes an entry."""

from collections.abc import Mapping, Sequence

from booking.foundation.audit.details import ActWords, Namer, Related
from booking.foundation.ports import Port, Socket


@Socket
def request_id() -> str:
    """Return the number of the request that causes an entry; commands and the worker have none."""
    return ""


@Port
def acts() -> Mapping[str, ActWords] | None:
    """Return how each kind of act that a feature records is told."""


@Port
def namers() -> Sequence[Namer] | None:
    """Return how a feature's rows are named in a history."""


@Port
def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Return which other rows' acts belong to the history of this one."""

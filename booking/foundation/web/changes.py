"""Who changed a row, and when: asked when a page was left open and somebody else has saved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from booking.foundation.ports import Socket


@dataclass(frozen=True)
class Change:
    """One change of a row, as its record has it."""

    at: datetime
    #: Name and role of who made it: "Sam Okafor (Host at Oakfield School)".
    who: str
    person_id: int | None = None
    #: The names of what changed; empty where the record does not say.
    fields: frozenset[str] = frozenset()


@Socket
def made_to(row: Any, actions: Collection[str], school_id: int | None) -> Sequence[Change]:
    """Return the latest changes of a row by these actions, of one school if given; newest first."""
    return ()

"""Whether the audit trail is as it was written."""

from collections.abc import Iterable, Sequence

from booking.foundation.audit import service
from booking.foundation.chores import Check


def checks() -> Sequence[Check]:
    """Return what the doctor asks."""
    return (Check("The audit trail's hash chain holds", _broken, proved_apart=True),)


def _broken() -> Iterable[str]:
    if broken := service.first_broken():
        yield f"audit entry {broken.row_id}: {broken.reason}"

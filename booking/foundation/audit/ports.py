"""What the audit trail asks of whoever answers requests."""

from booking.foundation.ports import Socket


@Socket
def request_id() -> str:
    """Return the number of the request that causes an entry; commands and the worker have none."""
    return ""

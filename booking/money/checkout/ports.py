"""Where higher features add to a family's pages."""

from booking.foundation.ports import Socket


@Socket
def transfer_page() -> str:
    """Return the endpoint of a family's page about paying by bank transfer; "" if not offered."""
    return ""

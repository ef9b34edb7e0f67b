"""What mail asks of whoever keeps files: the bytes of those that go with it."""

from collections.abc import Mapping, Sequence

from booking.foundation.ports import Socket


@Socket
def contents(hashes: Sequence[str]) -> Mapping[str, bytes]:
    """Return kept contents by their SHA-256, as far as they are there."""
    return {}

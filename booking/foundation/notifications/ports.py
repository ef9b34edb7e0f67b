"""What mail asks of whoever keeps files, and of whoever knows what its reader has chosen."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from booking.foundation.ports import Socket


class StopOffer(NamedTuple):
    """That a mail may be stopped by its reader: where, and whether it is already."""

    url: str
    is_stopped: bool


@Socket
def contents(hashes: Sequence[str]) -> Mapping[str, bytes]:
    """Return kept contents by their SHA-256, as far as they are there."""
    return {}


@Socket
def stop_offer(template: str, to: str) -> StopOffer | None:
    """Return where whoever has an address may stop a kind of mail; None if it cannot be stopped."""
    return None

"""What a network without a card processor has to set: nothing."""

from collections.abc import Mapping
from typing import Any

from booking.foundation.settings import Setting

SETTINGS: tuple[Setting, ...] = ()


def check(values: Mapping[str, Any]) -> None:
    """Refuse nothing: where no card is taken, no setting can endanger anybody's money."""

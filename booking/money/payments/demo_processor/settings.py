"""What the demo card processor needs: no settings, and no real children."""

from collections.abc import Mapping
from typing import Any

from booking.foundation.settings import BadSetting, Setting

SETTINGS: tuple[Setting, ...] = ()


def check(values: Mapping[str, Any]) -> None:
    """Refuse pretend money in production."""
    if values["APP_ENV"] == "production":
        raise BadSetting(
            "PAYMENTS=demo takes pretend money; production needs a real card processor, such as "
            "PAYMENTS=stripe, or PAYMENTS=none."
        )

"""A door to the settings, which stand in `booking/settings.py`."""

from booking.foundation.settings import BadSetting
from booking.settings import check, load

__all__ = ["BadSetting", "check", "load"]

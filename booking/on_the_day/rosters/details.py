"""What a phone says of one tap in the register."""

from dataclasses import dataclass
from datetime import datetime

from booking.domain.registering import Arrival, Aspect, Departure


@dataclass(frozen=True)
class PhoneTap:
    """A tap as a phone sends it, perhaps long after it was made."""

    #: Made by the phone; its keys follow each other.
    key: str
    #: The booking's public id.
    pupil: str
    aspect: Aspect
    mark: Arrival | Departure | None
    #: By the phone's clock, which it sets by ours.
    at: datetime
    left_with: str = ""

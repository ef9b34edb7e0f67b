"""What a school says about its way to an event, and what a host tells schools for their visit."""

from dataclasses import dataclass, field
from datetime import time

from booking.domain.travelling import TravelMode, TravelTimes

LINE_MAX = 120
TEXT_MAX = 1000
SEATS_MAX = 80


@dataclass(frozen=True)
class WayDetails:
    """How a school travels, as it was typed."""

    mode: TravelMode | None = None
    times: TravelTimes = field(default_factory=TravelTimes)
    seats: int = 0
    gets_on: str = ""
    base_name: str = ""
    base_phone: str = ""
    first_aid: str = ""
    supervision: str = ""
    meeting_point: str = ""


@dataclass(frozen=True)
class NotesDetails:
    """What a host tells schools for their visit, as it was typed."""

    first_aid: str = ""
    safeguarding_name: str = ""
    safeguarding_phone: str = ""
    drop_off: str = ""
    meeting_point: str = ""
    risks: str = ""


@dataclass(frozen=True)
class SchoolArrival:
    """How a school comes, as others read it: the day sheet, the coach list, the host's pages."""

    #: "Coach", "With Birchwood School"; "" while nobody has said.
    how: str
    arrives: time | None
    leaves: time | None
    back: time | None
    base_name: str
    #: E.164.
    base_phone: str

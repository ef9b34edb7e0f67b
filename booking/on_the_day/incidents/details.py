"""Plain values about incidents, shared by forms and services."""

from dataclasses import dataclass
from datetime import datetime, timedelta

#: How many characters each part of what is written may have.
TEXT_MAX = 4_000
PLACE_MAX = 200
LEARNT_MAX = 500
#: How long whoever wrote something down can still change it, if nobody at the school has read it.
CHANGED_WITHIN = timedelta(minutes=10)
#: How many pupils one incident can be about.
PUPILS_MAX = 3
#: Minutes after a date begins from which the call list is shown, and minutes after a pupil is
#: missed at which 999 is rung, unless a host says otherwise.
CALL_AFTER, POLICE_AFTER = 15, 20
MINUTES_MAX = 120


@dataclass(frozen=True)
class IncidentFacts:
    """What somebody writes down about an incident."""

    happened_at: datetime
    what: str
    place: str = ""
    done: str = ""
    told: str = ""

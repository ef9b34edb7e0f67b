"""What the marks of a register are called."""

from collections.abc import Mapping
from types import MappingProxyType

from booking.domain.registering import Arrival, Departure

ARRIVALS: Mapping[Arrival, str] = MappingProxyType(
    {
        Arrival.ARRIVED: "Here",
        Arrival.LATE: "Late",
        Arrival.ABSENT_REPORTED: "Absent, reported",
        Arrival.NOT_HERE: "Not here",
    }
)
DEPARTURES: Mapping[Departure, str] = MappingProxyType(
    {Departure.LEFT_EARLY: "Left early", Departure.COLLECTED: "Collected"}
)
#: Both, by value.
MARKS: Mapping[str, str] = MappingProxyType(
    {mark.value: text for told in (ARRIVALS, DEPARTURES) for mark, text in told.items()}
)
EXPECTED = "Not marked yet"
#: What a school may write in its own register for a pupil who was at the event (regulations of
#: 2024). It only suggests: each school decides.
VISIT_CODE = "V"

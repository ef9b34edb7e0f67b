"""What has to be true of the register."""

from collections.abc import Iterable, Sequence

from booking.domain.english import plural
from booking.foundation import clock
from booking.foundation.chores import Check
from booking.rights.data_requests import queries


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return (Check("Every request about what is held is answered in time", _late),)


def _late() -> Iterable[str]:
    for school, count in queries.late(clock.today()):
        yield f"{school or 'The network'}: {plural(count, 'request')} should have been answered"

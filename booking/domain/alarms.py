"""From how many wrong sign-ins, refused messages or openings of family data on somebody is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

QUARTER = timedelta(minutes=15)
#: Wrong sign-ins for one account, and for all, within a quarter of an hour.
OF_ONE_ACCOUNT, OF_ALL = 10, 50
#: Messages that the card processor did not sign, within a quarter of an hour.
MESSAGES = 5
#: How often another school's family data is opened within an hour.
OPENINGS, OPENINGS_WITHIN = 3, timedelta(hours=1)
#: A list with more pupils than this is more than one day's work needs.
LARGE_EXPORT = 200


def most(counts: Mapping[datetime, int]) -> int:
    """Return the most within any quarter of an hour, whenever it begins, by the second counted.

    A window slides over the seconds: a burst is seen whole wherever it falls, and counted once.
    """
    largest = within = 0
    seconds = sorted(counts)
    leaving = iter(seconds)
    first = next(leaving, None)
    for at in seconds:
        within += counts[at]
        while first is not None and first <= at - QUARTER:
            within -= counts[first]
            first = next(leaving, None)
        largest = max(largest, within)
    return largest


def most_within(moments: Iterable[datetime], span: timedelta) -> int:
    """Return the largest number of moments that lie within `span` of the first of them."""
    found = sorted(moments)
    return max((sum(first <= at < first + span for at in found) for first in found), default=0)

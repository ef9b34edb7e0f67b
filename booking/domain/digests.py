"""When the weekly digest of network life is due: on Mondays at seven, by the clock of London."""

from datetime import UTC, datetime, time, timedelta

from booking.domain import terms

AT = time(7)
WEEK = timedelta(days=7)
#: A digest goes back no further: after a pause it begins with what can still be of use.
LONGEST = 2 * WEEK


def last_due(now: datetime) -> datetime:
    """Return the last Monday at seven that is not after `now`, as an instant in UTC."""
    here = terms.london(now)
    monday = here.date() - timedelta(days=here.weekday())
    due = datetime.combine(monday, AT, tzinfo=terms.LONDON).astimezone(UTC)
    if due <= now:
        return due
    return datetime.combine(monday - WEEK, AT, tzinfo=terms.LONDON).astimezone(UTC)


def begins(last_at: datetime, now: datetime) -> datetime:
    """Return since when a digest tells what is new, for somebody whose last was at `last_at`."""
    return max(last_at, now - LONGEST)

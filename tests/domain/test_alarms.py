"""Nothing that happens within a quarter of an hour, or within an hour, is counted apart."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import alarms

DAY = datetime(2027, 3, 1, tzinfo=UTC)
MOMENTS = st.lists(st.integers(0, 24 * 60 - 1).map(lambda n: DAY + timedelta(minutes=n)))


def counted(moments):
    """Return counts as the database keeps them: by when each quarter of an hour began."""
    found = {}
    for at in moments:
        quarter = at.replace(minute=at.minute - at.minute % 15)
        found[quarter] = found.get(quarter, 0) + 1
    return found


@given(MOMENTS)
def test_what_happens_within_a_quarter_of_an_hour_counts_together(moments):
    most = alarms.most(counted(moments))

    assert most >= alarms.most_within(moments, alarms.QUARTER)
    assert most <= alarms.most_within(moments, 2 * alarms.QUARTER)


@given(MOMENTS, st.integers(1, 120))
def test_the_largest_number_within_a_span_is_one_that_there_was(moments, minutes):
    span = timedelta(minutes=minutes)
    most = alarms.most_within(moments, span)

    assert 0 <= most <= len(moments)
    assert most == max(
        (sum(at - span < other <= at for other in moments) for at in moments), default=0
    )

"""Nothing that happens within a quarter of an hour, or within an hour, is counted apart."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import alarms

DAY = datetime(2027, 3, 1, tzinfo=UTC)
#: To a tenth of a second, because only whole seconds are counted.
MOMENTS = st.lists(st.integers(0, 36_000).map(lambda n: DAY + timedelta(seconds=n / 10)))
LATER = st.lists(st.integers(0, 24 * 60 * 60 - 1).map(lambda n: DAY + timedelta(seconds=n)))
SECOND = timedelta(seconds=1)


def counted(moments):
    """Return counts as the database keeps them: by when each second began."""
    return Counter(at.replace(microsecond=0) for at in moments)


@given(st.one_of(MOMENTS, LATER))
def test_the_window_slides_and_counts_nothing_twice(moments):
    seconds = [at.replace(microsecond=0) for at in moments]

    assert alarms.most(counted(moments)) == alarms.most_within(seconds, alarms.QUARTER)


@given(MOMENTS)
def test_a_second_is_all_that_counting_by_seconds_can_be_wrong(moments):
    most = alarms.most(counted(moments))

    assert most >= alarms.most_within(moments, alarms.QUARTER - SECOND)
    assert most <= alarms.most_within(moments, alarms.QUARTER + SECOND)


@given(st.integers(0, 24 * 60 * 60), st.integers(2, 60))
def test_a_burst_is_seen_whole_wherever_it_falls(start, size):
    begin = DAY + timedelta(seconds=start)
    burst = [begin + n * alarms.QUARTER / size for n in range(size)]
    day_before = [begin - alarms.QUARTER - n * timedelta(hours=1) for n in range(5)]

    assert alarms.most(counted([*day_before, *burst])) in {size, size - 1}
    assert alarms.most(counted(burst[:-1] + burst[-1:])) <= size


@given(LATER, st.integers(1, 120))
def test_the_largest_number_within_a_span_is_one_that_there_was(moments, minutes):
    span = timedelta(minutes=minutes)
    most = alarms.most_within(moments, span)

    assert 0 <= most <= len(moments)
    assert most == max(
        (sum(at - span < other <= at for other in moments) for at in moments), default=0
    )

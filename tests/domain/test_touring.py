"""Two stops never meet, and a kit is late when somebody waits for it or a day has passed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import touring
from booking.domain.touring import StopTime

MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)
minutes = st.integers(0, 600)


@st.composite
def times(draw):
    starts_at = MORNING + timedelta(minutes=draw(st.integers(0, 3000)))
    return StopTime(
        starts_at, starts_at + timedelta(minutes=draw(st.integers(1, 480))), draw(minutes)
    )


@given(times(), times())
def test_stops_are_apart_when_somebody_can_travel_from_one_to_the_other(one, other):
    travel = timedelta(minutes=max(one.travel_minutes, other.travel_minutes))
    there = one.ends_at + travel <= other.starts_at
    back = other.ends_at + travel <= one.starts_at

    assert touring.is_apart(one, other) == touring.is_apart(other, one) == (there or back)


@given(times(), st.lists(times(), max_size=6))
def test_the_first_clash_is_the_earliest_of_all_that_are_too_near(wanted, taken):
    clash = touring.first_clash(wanted, taken)
    near = [time.starts_at for time in taken if not touring.is_apart(wanted, time)]

    assert (clash.starts_at if clash else None) == min(near, default=None)


@given(times(), times() | st.none())
def test_a_kit_is_late_within_a_day_of_its_stop_and_never_before_it_is_over(stop, following):
    then = following.starts_at if following else None
    late = touring.late_from(stop.ends_at, then)

    assert stop.ends_at <= late <= stop.ends_at + timedelta(hours=24)
    if then is not None and then - timedelta(hours=24) >= stop.ends_at:
        assert late <= then - timedelta(hours=24)


def test_half_an_hour_to_travel_is_enough_and_a_minute_less_is_not():
    first = StopTime(MORNING, MORNING + timedelta(hours=2), 30)
    just = StopTime(first.ends_at + timedelta(minutes=30), first.ends_at + timedelta(hours=2), 10)
    soon = StopTime(first.ends_at + timedelta(minutes=29), first.ends_at + timedelta(hours=2), 10)

    assert touring.is_apart(first, just)
    assert not touring.is_apart(first, soon)

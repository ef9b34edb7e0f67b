"""How long somebody waits who has tried too often."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking.domain.patience import FIRST_WAIT, LONGEST_WAIT, FreeTries

MINUTE = timedelta(minutes=1)


def test_waits_double_up_to_a_quarter_of_an_hour():
    waits = [FreeTries(free=5).wait(tries) for tries in range(12)]

    assert waits == [0 * MINUTE] * 5 + [n * MINUTE for n in (1, 2, 4, 8, 15, 15, 15)]


@given(st.integers(1, 100), st.integers(0, 10**9))
def test_nobody_waits_for_ever_and_a_later_try_never_waits_less(free, tries):
    patience = FreeTries(free)

    assert patience.wait(tries) <= patience.wait(tries + 1) <= LONGEST_WAIT
    assert (patience.wait(tries) >= FIRST_WAIT) == (tries >= free)

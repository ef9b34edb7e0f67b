"""The weekly digest is due on Mondays at seven, whatever the clocks do."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import digests, terms

INSTANTS = st.datetimes(datetime(2020, 1, 6), datetime(2040, 1, 1), timezones=st.just(UTC))


@given(INSTANTS)
def test_it_is_due_at_seven_on_the_last_monday(now):
    due = digests.last_due(now)
    here = terms.london(due)
    assert (here.weekday(), here.hour, here.minute) == (0, 7, 0)
    assert due <= now < due + digests.WEEK + timedelta(hours=1)
    assert digests.last_due(due) == due


@given(INSTANTS, INSTANTS)
def test_it_never_goes_back_further_than_a_fortnight(last_at, now):
    since = digests.begins(last_at, now)
    assert since >= last_at
    assert since >= now - digests.LONGEST
    assert since in (last_at, now - digests.LONGEST)

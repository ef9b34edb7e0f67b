"""When the day of an event can be closed, and opened again."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import closing_day
from booking.domain.closing_day import DateRegister, DayStage

ENDED = datetime(2027, 6, 11, 13, 45, tzinfo=UTC)
REGISTERS = st.builds(
    DateRegister,
    day=st.just("Friday 11 June 2027"),
    number=st.integers(1, 9),
    unmarked=st.integers(0, 40),
    is_open=st.booleans(),
)


@given(st.booleans(), st.booleans(), st.timedeltas(-timedelta(days=99), timedelta(days=99)))
def test_only_what_took_place_and_is_over_is_to_close(takes_place, is_closed, since):
    stage = closing_day.stage(
        takes_place=takes_place, last_ends_at=ENDED, is_closed=is_closed, now=ENDED + since
    )

    to_close = takes_place and not is_closed and since >= timedelta(0)
    assert (stage is DayStage.OPEN) is to_close
    assert (stage is DayStage.NEVER) is not takes_place


def test_an_event_without_a_date_is_never_closed():
    found = closing_day.stage(takes_place=True, last_ends_at=None, is_closed=False, now=ENDED)

    assert found is DayStage.NEVER


@given(st.lists(REGISTERS, max_size=6))
def test_every_missing_mark_either_keeps_the_day_open_or_is_missing_for_good(registers):
    to_mark = closing_day.to_mark(registers)

    waiting = sum(one.unmarked for one in to_mark)
    assert waiting + closing_day.never_marked(registers) == sum(one.unmarked for one in registers)
    assert all(one.is_open and one.unmarked for one in to_mark)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-3, 30))
def test_a_day_is_opened_again_for_as_long_as_its_register_is_corrected(last_on, later):
    assert closing_day.may_reopen(last_on, last_on + timedelta(days=later)) is (later <= 7)

"""Where a fee went in the end: exact to the penny, and never shown for few families."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.funds import Fund
from booking.domain.ledger import story
from booking.domain.ledger.story import EventFigures, Went

FUNDS = [*Fund, Fund("bursary")]
pence = st.integers(0, 100_000)
figures = st.builds(
    EventFigures,
    st.dictionaries(st.sampled_from(FUNDS), pence),
    st.dictionaries(st.sampled_from(FUNDS), st.integers(-500, 100_000)),
)


@given(st.lists(figures, max_size=4))
def test_what_went_is_what_came(several):
    told = story.destinations(several)

    assert sum(went.pence for went in told) == sum(sum(each.came.values()) for each in several)
    assert all(went.pence > 0 for went in told)


@given(st.lists(figures, min_size=1, max_size=4), st.integers(30, 5_000))
def test_the_parts_of_each_fee_come_to_the_fee(several, fee):
    told = story.destinations(several)
    if not told:
        return

    assert sum(went.pence for went in story.of_each(fee, told)) == fee


def test_a_day_that_cost_less_than_it_took_leaves_something_for_training():
    event = EventFigures(
        {Fund.EVENTS: 40_000, Fund.ADMIN: 9_000, Fund.CPD: 11_000},
        {Fund.EVENTS: 31_000, Fund.ADMIN: 2_900},
    )

    told = story.of_each(600, story.destinations([event]))

    assert told == [
        Went("the day itself", 310, Fund.EVENTS),
        Went("teachers’ training, left over from the day", 90, Fund.CPD),
        Went("teachers’ training, as published", 110, Fund.CPD),
        Went("card fees", 29, Fund.ADMIN),
        Went("running the network", 61, Fund.ADMIN),
    ]
    assert story.sentence(600, told[:2]) == (
        "Of each £6.00: £3.10 went to the day itself; "
        "£0.90 went to teachers’ training, left over from the day."
    )


def test_a_day_that_cost_more_took_all_of_its_part():
    told = story.destinations([EventFigures({Fund.EVENTS: 100, Fund.CPD: 20}, {Fund.EVENTS: 500})])

    assert told == [
        Went("the day itself", 100, Fund.EVENTS),
        Went("teachers’ training, as published", 20, Fund.CPD),
    ]


@pytest.mark.parametrize(("payers", "told"), [(0, False), (4, False), (5, True), (60, True)])
def test_few_payers_are_not_told_of(payers, told):
    assert story.may_tell(EventFigures({Fund.EVENTS: 600}, {}), payers) is told


def test_more_given_back_than_came_is_not_told():
    assert story.may_tell(EventFigures({Fund.EVENTS: 600, Fund.CPD: -1}, {}), 9) is False

"""A season's balance: equal shares of the places that went out, by the years a school has."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from booking.domain.allocation import balance
from booking.domain.allocation.balance import Day, Member
from tests.domain.allocation.rounds import PROPERTY

JUNE = date(2027, 6, 4)
INFANTS, JUNIORS, PRIMARY, SECONDARY = (0, 2), (3, 6), (0, 6), (7, 13)


def test_the_places_of_an_event_are_dealt_out_among_the_schools_of_its_years():
    members = {1: Member(PRIMARY), 2: Member(JUNIORS), 3: Member(INFANTS), 4: Member(SECONDARY)}
    days = [Day((5, 6), JUNE, {1: 3}), Day((1, 1), JUNE, {1: 1, 3: 2})]

    assert balance.equal_shares(members, days) == {
        1: Fraction(3),
        2: Fraction(3, 2),
        3: Fraction(3, 2),
        4: Fraction(0),
    }


def test_a_year_at_the_edge_is_a_year_that_the_school_has():
    members = {1: Member((0, 5)), 2: Member((6, 9)), 3: Member((7, 9))}

    shares = balance.equal_shares(members, [Day((5, 6), JUNE, {1: 4})])

    assert shares == {1: Fraction(2), 2: Fraction(2), 3: Fraction(0)}


def test_a_school_has_no_share_in_events_from_the_day_on_which_it_left():
    members = {1: Member(PRIMARY), 2: Member(PRIMARY, left_on=JUNE)}
    before, after = Day((5, 6), date(2027, 6, 3), {1: 2}), Day((5, 6), JUNE, {1: 2})

    assert balance.equal_shares(members, [before]) == {1: Fraction(1), 2: Fraction(1)}
    assert balance.equal_shares(members, [after]) == {1: Fraction(2), 2: Fraction(0)}


def test_a_school_that_received_without_having_the_years_shares_like_the_others():
    members = {1: Member(PRIMARY), 2: Member(SECONDARY), 3: Member(SECONDARY)}
    days = [Day((5, 6), JUNE, {2: 3}), Day((5, 6), JUNE, {2: 1})]

    assert balance.equal_shares(members, days) == {1: Fraction(2), 2: Fraction(2), 3: Fraction(0)}
    dealt = balance.deal(members, days)
    assert balance.shares_of(members, dealt, 2) == [Fraction(3, 2), Fraction(1, 2)]
    assert balance.shares_of(members, dealt, 1) == [Fraction(3, 2), Fraction(1, 2)]
    assert balance.shares_of(members, dealt, 3) == [Fraction(0), Fraction(0)]


def test_an_event_that_nobody_could_share_in_gives_no_share():
    assert balance.equal_shares({1: Member(SECONDARY)}, [Day((5, 6), JUNE, {})]) == {1: 0}


years = st.tuples(st.integers(-1, 13), st.integers(-1, 13)).map(lambda two: (min(two), max(two)))
members = st.dictionaries(
    st.integers(1, 8),
    st.builds(Member, years, st.none() | st.dates(date(2027, 5, 1), date(2027, 7, 1))),
    min_size=1,
)


@PROPERTY
@given(st.data(), members)
def test_all_shares_together_are_what_went_out_and_each_is_the_sum_of_its_days(data, members):
    received = st.dictionaries(st.sampled_from(sorted(members)), st.integers(1, 9), min_size=1)
    days = data.draw(st.lists(st.builds(Day, years, st.just(JUNE), received), max_size=6))

    shares = balance.equal_shares(members, days)

    assert sum(shares.values()) == sum(day.given for day in days)
    dealt = balance.deal(members, days)
    for id_ in members:
        assert shares[id_] == sum(balance.shares_of(members, dealt, id_))


def test_amounts_are_shown_to_the_nearest_tenth():
    shown = {
        Fraction(0): "0",
        Fraction(4): "4",
        Fraction(5, 2): "2.5",
        Fraction(1, 3): "0.3",
        Fraction(1, 20): "0.1",
        Fraction(1, 21): "0",
        Fraction(-1, 21): "0",
        Fraction(-5, 2): "−2.5",
        Fraction(39, 20): "2",
        Fraction(12345): "12,345",
    }
    assert {amount: balance.tenths(amount) for amount in shown} == shown

"""Balanced groups: what is promised about them for any pupils, and what makes them worth having."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain import grouping
from booking.domain.grouping import GroupPupil

some_pupils = st.lists(
    st.tuples(st.sampled_from("ABCDE"), st.integers(3, 6), st.booleans()), max_size=40
).map(
    lambda facts: [
        GroupPupil(school, year, f"p{number}", has_needs=needs)
        for number, (school, year, needs) in enumerate(facts)
    ]
)
counts = st.integers(1, 7)


def schools_in(groups, pupils):
    of = {one.reference: one.school for one in pupils}
    return [Counter(of[reference] for reference in group) for group in groups]


def spread(numbers):
    return max(numbers) - min(numbers)


@settings(max_examples=60)
@given(some_pupils, counts, st.booleans(), st.randoms())
def test_everybody_is_in_one_group_whatever_the_order_of_the_list(pupils, count, friend, chance):
    groups = grouping.propose(pupils, count=count, with_friend=friend)
    shuffled = chance.sample(pupils, len(pupils))

    assert len(groups) == count
    assert sorted(ref for group in groups for ref in group) == sorted(p.reference for p in pupils)
    assert grouping.propose(shuffled, count=count, with_friend=friend) == groups


@settings(max_examples=60)
@given(some_pupils, counts)
def test_mixed_groups_differ_by_one_in_size_and_in_every_school(pupils, count):
    groups = grouping.propose(pupils, count=count)
    schools = schools_in(groups, pupils)

    assert spread([len(group) for group in groups]) <= 1
    assert all(spread([found[name] for found in schools]) <= 1 for name in "ABCDE")


@settings(max_examples=60)
@given(some_pupils, counts)
def test_with_a_friend_nobody_is_alone_from_a_school_that_sent_more(pupils, count):
    groups = grouping.propose(pupils, count=count, with_friend=True)
    sent = Counter(one.school for one in pupils)
    schools = schools_in(groups, pupils)

    assert spread([len(group) for group in groups]) <= 3
    assert all(n > 1 or sent[name] == 1 for found in schools for name, n in found.items())


@settings(max_examples=60)
@given(some_pupils, counts, st.data())
def test_whoever_was_put_somewhere_by_hand_stays_there(pupils, count, data):
    chosen = data.draw(st.sets(st.sampled_from([p.reference for p in pupils]))) if pupils else ()
    pinned = {reference: data.draw(st.integers(0, count - 1)) for reference in sorted(chosen)}

    groups = grouping.propose(pupils, count=count, pinned=pinned)

    assert all(reference in groups[number] for reference, number in pinned.items())
    assert sum(map(len, groups)) == len(pupils)


def test_needs_and_years_are_spread_as_far_as_schools_allow():
    twelve = [
        GroupPupil("Ashdale", 5 if number < 6 else 6, f"p{number:02}", has_needs=number < 3)
        for number in range(12)
    ]
    groups = grouping.propose(twelve, count=3)
    of = {one.reference: one for one in twelve}

    assert [sum(of[ref].has_needs for ref in group) for group in groups] == [1, 1, 1]
    assert [Counter(of[ref].year for ref in group) for group in groups] == [{5: 2, 6: 2}] * 3


def test_the_number_of_groups_follows_from_their_size():
    assert [grouping.count_for(pupils, 6) for pupils in (0, 1, 6, 7, 13)] == [1, 1, 1, 2, 3]


def test_a_pupil_without_a_need_changes_nothing_for_the_others_schools():
    pupils = [GroupPupil("Ashdale", 5, f"a{number}") for number in range(4)]
    told = [replace(pupils[0], has_needs=True), *pupils[1:]]

    assert [len(g) for g in grouping.propose(told, count=2)] == [2, 2]

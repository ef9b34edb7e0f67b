"""Heads counted in and out: where they do not agree, and what keeps a date from being closed."""

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import head_counts
from booking.domain.head_counts import HeadCounts

SOME, COUNTED = st.integers(0, 40), st.none() | st.integers(0, 40)
COUNTS = st.builds(
    HeadCounts,
    here=SOME,
    walked_in=SOME,
    left_early=SOME,
    collected=SOME,
    unexplained=SOME,
    counted_in=COUNTED,
    counted_out=COUNTED,
)


@given(COUNTS)
def test_the_numbers_agree_exactly_if_everybody_who_came_in_is_accounted_for(counts):
    came, went = counts.counted_in, counts.counted_out
    agree = (
        came in (None, counts.here + counts.walked_in)
        and went in (None, counts.here + counts.walked_in - counts.left_early)
        and (went is None or counts.collected in (0, went - counts.walked_in))
    )

    assert (list(head_counts.differences(counts)) == []) is agree


@given(COUNTS)
def test_a_date_is_closed_only_when_all_is_counted_and_agrees_or_is_explained(counts):
    alone = head_counts.blocking(counts, is_explained=False)
    explained = head_counts.blocking(counts, is_explained=True)

    assert [said for said in alone if said not in head_counts.differences(counts)] == explained
    if not explained:
        assert counts.unexplained == 0
        gone = counts.left_early + counts.collected
        assert counts.counted_out is not None or gone >= counts.here + counts.walked_in


def test_the_difference_is_said_in_one_sentence():
    counts = HeadCounts(here=24, left_early=1, counted_in=24, counted_out=21)

    assert head_counts.differences(counts) == [
        "2 more came in than went out: 24 came in, 1 left early and 21 went out."
    ]
    assert head_counts.differences(HeadCounts(here=3, counted_in=2)) == [
        "1 fewer counted in than the register has here: 2 were counted in, and 3 are marked."
    ]
    assert head_counts.differences(HeadCounts(here=3, counted_in=3, counted_out=4)) == [
        "1 more went out than came in: 3 came in and 4 went out."
    ]
    assert head_counts.differences(HeadCounts(here=3, counted_out=2, collected=1)) == [
        "1 fewer counted out than the register has here: 2 were counted out, and 3 had to go.",
        "1 is marked as collected, and 2 were counted out.",
    ]


def test_everybody_who_came_in_is_counted_out_or_marked_as_gone():
    assert head_counts.blocking(HeadCounts(here=3), is_explained=True) == [
        "3 pupils are neither counted out nor marked as gone."
    ]
    assert head_counts.blocking(
        HeadCounts(here=1, unexplained=2, counted_in=1), is_explained=True
    ) == [
        "2 pupils are neither here nor reported absent.",
        "1 pupil is neither counted out nor marked as gone.",
    ]
    assert head_counts.blocking(HeadCounts(here=1, counted_out=1), is_explained=False) == []
    assert head_counts.missing_counts(HeadCounts(here=3, left_early=1, collected=1)) == [
        "1 pupil is neither counted out nor marked as gone."
    ]
    assert head_counts.missing_counts(HeadCounts(here=2, left_early=1, collected=1)) == []


def test_who_came_without_being_on_the_list_is_counted_as_well():
    counts = HeadCounts(here=3, walked_in=1, collected=3, counted_in=4)

    assert head_counts.differences(counts) == []
    assert head_counts.missing_counts(counts) == [
        "1 pupil is neither counted out nor marked as gone."
    ]
    assert head_counts.differences(HeadCounts(here=3, walked_in=1, collected=3, counted_out=3)) == [
        "1 fewer counted out than the register has here: 3 were counted out, and 4 had to go.",
        "3 are marked as collected, and 3 were counted out; 1 came without being on the list.",
    ]

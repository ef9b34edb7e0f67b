"""When the site proves again that it is sound, and how long a proof stands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.proving import (
    OLD_AFTER,
    WHOLE_AFTER,
    WORST_FIRST,
    WORTHLESS_AFTER,
    KnownProof,
    ProofOutcome,
    Standing,
    is_due,
    night_of,
    standing,
    wants_whole,
    worst,
)
from booking.domain.terms import london

NOW = datetime(2026, 12, 4, 15, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(instants)
def test_a_night_is_the_last_four_in_the_morning_in_london(now):
    night = night_of(now)

    assert (london(night).hour, london(night).minute) == (4, 0)
    assert night <= now < night + timedelta(hours=25)  # the clocks go back once a year


@given(instants, instants)
def test_a_part_is_due_once_a_night(begun_at, now):
    assert is_due(None, now)
    assert not is_due(now, now)
    assert is_due(begun_at, now) == (begun_at > now or begun_at < night_of(now))


@pytest.mark.parametrize(
    ("outcome", "ago", "said"),
    [
        (ProofOutcome.PROVED, timedelta(0), Standing.PROVED),
        (ProofOutcome.PROVED, OLD_AFTER, Standing.PROVED),
        (ProofOutcome.PROVED, OLD_AFTER + SECOND, Standing.OLD),
        (ProofOutcome.PROVED, WORTHLESS_AFTER, Standing.OLD),
        (ProofOutcome.PROVED, WORTHLESS_AFTER + SECOND, Standing.WORTHLESS),
        (ProofOutcome.FAILED, timedelta(0), Standing.FAILED),
        (ProofOutcome.FAILED, None, Standing.FAILED),
        (ProofOutcome.UNPROVED, None, Standing.UNPROVED),
        (ProofOutcome.UNPROVED, timedelta(hours=1), Standing.UNPROVED),
        (ProofOutcome.UNPROVED, OLD_AFTER + SECOND, Standing.OLD),
        (ProofOutcome.UNPROVED, WORTHLESS_AFTER + SECOND, Standing.UNPROVED),
    ],
)
def test_a_proof_says_less_the_older_it_is(outcome, ago, said):
    proved_at = None if ago is None else NOW - ago

    assert standing(KnownProof(outcome, proved_at), NOW) is said


@given(st.timedeltas(timedelta(0), timedelta(days=9)), st.timedeltas(timedelta(0), OLD_AFTER))
def test_time_alone_never_makes_a_proof_better(age, later):
    order = (Standing.PROVED, Standing.OLD, Standing.WORTHLESS)
    known = KnownProof(ProofOutcome.PROVED, NOW - age)

    assert order.index(standing(known, NOW)) <= order.index(standing(known, NOW + later))


def test_what_was_never_proved_is_not_proved():
    assert standing(None, NOW) is Standing.UNPROVED
    assert worst([]) is Standing.UNPROVED


@given(st.lists(st.sampled_from(Standing), min_size=1))
def test_a_night_is_as_good_as_its_worst_part(standings):
    found = worst(standings)

    assert found in standings
    assert all(WORST_FIRST.index(found) <= WORST_FIRST.index(each) for each in standings)


def test_a_chain_is_verified_whole_once_a_week():
    assert wants_whole(None, NOW)
    assert not wants_whole(NOW - timedelta(days=6), NOW)
    assert wants_whole(NOW - WHOLE_AFTER, NOW)

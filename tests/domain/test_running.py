"""Whether a worker is alive, and whether its jobs do their work."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.running import (
    ALIVE_FOR,
    DEAD_AFTER,
    JobState,
    Life,
    MailState,
    Run,
    job_state,
    life,
    mail_state,
)

NOW = datetime(2026, 12, 4, 15, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FIVE = timedelta(minutes=5)
distances = st.timedeltas(timedelta(days=-9), timedelta(days=9))


def since(*ago):
    return life((NOW - each for each in ago), NOW)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(0), Life.ALIVE),
        (ALIVE_FOR, Life.ALIVE),
        (ALIVE_FOR + SECOND, Life.LATE),
        (DEAD_AFTER, Life.LATE),
        (DEAD_AFTER + SECOND, Life.DEAD),
        (timedelta(days=3), Life.DEAD),
    ],
)
def test_a_worker_is_alive_then_late_then_dead(ago, said):
    assert since(ago) is said


def test_where_no_worker_has_been_nobody_is_dead():
    assert since() is Life.NEVER


def test_a_clock_that_is_put_back_does_not_keep_a_dead_worker_alive():
    before_the_change = NOW + timedelta(hours=23)

    assert life([before_the_change], NOW) is Life.DEAD
    assert life([before_the_change, NOW - SECOND], NOW) is Life.ALIVE


@given(st.lists(distances, min_size=1), distances)
def test_one_more_sign_never_makes_a_worker_less_alive(signs, another):
    order = [Life.DEAD, Life.LATE, Life.ALIVE]

    assert order.index(since(*signs, another)) >= order.index(since(*signs))


@given(st.lists(distances, min_size=1))
def test_a_worker_is_alive_just_when_one_of_its_jobs_began_or_ended_lately(signs):
    assert (since(*signs) is Life.ALIVE) == any(abs(ago) <= ALIVE_FOR for ago in signs)
    assert (since(*signs) is Life.DEAD) == all(abs(ago) > DEAD_AFTER for ago in signs)


def state(*, ended=None, begun=FIVE, failures=0, every=FIVE):
    ended_at = None if ended is None else NOW - ended
    return job_state(Run(every, NOW - begun, ended_at, failures), NOW)


def test_a_job_that_has_just_begun_for_the_first_time_is_well():
    assert state(begun=timedelta(0)) is JobState.WELL


def test_a_job_that_begins_after_a_week_is_not_overdue_at_once():
    assert state(ended=timedelta(days=7), begun=timedelta(minutes=1)) is JobState.WELL
    assert state(ended=timedelta(days=7), begun=timedelta(minutes=1) + SECOND) is JobState.OVERDUE


def test_a_job_is_overdue_twenty_minutes_after_three_of_its_turns():
    assert state(ended=timedelta(minutes=35)) is JobState.WELL
    assert state(ended=timedelta(minutes=35) + SECOND) is JobState.OVERDUE
    assert state(ended=timedelta(hours=3), every=timedelta(hours=1)) is JobState.WELL


def test_a_job_that_never_ends_is_overdue():
    assert state(begun=timedelta(hours=1)) is JobState.OVERDUE


def test_one_failure_passes_and_two_in_a_row_are_said():
    assert state(ended=FIVE, failures=1) is JobState.WELL
    assert state(ended=FIVE, failures=2) is JobState.FAILING


@given(distances, st.integers(0, 9), st.integers(1, 60))
def test_a_job_that_ended_just_now_is_well_unless_it_has_failed_since(begun, failures, minutes):
    found = state(
        ended=timedelta(0), begun=begun, failures=failures, every=timedelta(minutes=minutes)
    )

    assert found is (JobState.FAILING if failures >= 2 else JobState.WELL)


HOUR = timedelta(hours=1)


def mail(waiting=3, oldest=None, sent=None):
    return mail_state(
        waiting,
        None if oldest is None else NOW - oldest,
        None if sent is None else NOW - sent,
        NOW,
    )


@pytest.mark.parametrize(
    ("waiting", "oldest", "sent", "said"),
    [
        (0, None, None, MailState.WELL),
        (0, None, timedelta(days=9), MailState.WELL),
        (3, HOUR, timedelta(days=9), MailState.WELL),
        (3, HOUR + SECOND, timedelta(days=9), MailState.SLOW),
        (3, 4 * HOUR, None, MailState.SLOW),
        (3, 4 * HOUR + SECOND, None, MailState.STUCK),
        (2, 24 * HOUR, None, MailState.SLOW),
        (2, 24 * HOUR + SECOND, None, MailState.STUCK),
        # The other mails go out: these wait for a mailbox.
        (1, 20 * HOUR, SECOND, MailState.WELL),
        (1, 25 * HOUR, SECOND, MailState.SLOW),
        # The server went away after the oldest began to wait.
        (30, 20 * HOUR, 5 * HOUR, MailState.STUCK),
    ],
)
def test_mail_is_slow_then_stuck(waiting, oldest, sent, said):
    assert mail(waiting, oldest, sent) is said


spans = st.timedeltas(timedelta(0), timedelta(days=9))


@given(st.integers(1, 99), spans, spans, spans)
def test_mail_that_waits_longer_is_never_in_a_better_state(waiting, oldest, sent, more):
    order = [MailState.WELL, MailState.SLOW, MailState.STUCK]
    longer = order.index(mail(waiting, oldest + more, sent + more))

    assert longer >= order.index(mail(waiting, oldest, sent))


@given(spans)
def test_nothing_is_stuck_within_an_hour_of_a_mail_that_went_out(oldest):
    assert mail(99, oldest, timedelta(minutes=59)) is not MailState.STUCK

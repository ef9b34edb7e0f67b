"""How long an answer may take: counted from when a family was told, never beyond the event."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import replying, terms
from booking.domain.replying import Awaited, ReplyPeriod
from booking.domain.terms import LONDON, ClosedDays, SchoolCalendar

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2027, 3, 1, 9, 30, tzinfo=LONDON).astimezone(UTC)
OPEN_DAYS = SchoolCalendar()


def invitation(**facts):
    """An invitation of Monday morning, with five school days to reply."""
    made = ReplyPeriod(
        calendar=OPEN_DAYS,
        days=5,
        invited_at=MONDAY,
        reply_by_at=replying.deadline(OPEN_DAYS, 5, MONDAY, None),
        starts_at=MONDAY + 60 * DAY,
    )
    return replace(made, **facts)


def said(at):
    return terms.deadline_text(at)


class TestWhenTheInvitationWentOut:
    def test_mail_that_goes_out_within_the_hour_keeps_the_date_that_it_names(self):
        asked = invitation()
        assert said(asked.reply_by_at) == "Monday 8 March 2027, 4pm"
        assert replying.when_sent(asked, MONDAY + HOUR) == asked.reply_by_at

    def test_after_a_weekend_without_mail_the_period_begins_anew(self):
        sent_at = MONDAY + 3 * DAY
        assert said(replying.when_sent(invitation(), sent_at)) == "Thursday 11 March 2027, 4pm"

    def test_it_never_ends_after_the_event_has_begun(self):
        asked = invitation(starts_at=MONDAY + 9 * DAY)
        assert replying.when_sent(asked, MONDAY + 5 * DAY) == asked.starts_at

    def test_a_deadline_that_was_put_off_further_stays(self):
        asked = invitation(reply_by_at=MONDAY + 30 * DAY)
        assert replying.when_sent(asked, MONDAY + 2 * DAY) == asked.reply_by_at


class TestWhatAnInvitationWaitsFor:
    def test_one_that_went_out_and_was_reminded_of_in_time_lapses(self):
        asked = invitation(sent_at=MONDAY)
        reminded = replace(asked, reminder_sent_at=asked.reply_by_at - DAY)
        assert replying.awaited(reminded, asked.reply_by_at) is None

    def test_one_that_never_went_out_has_a_whole_period_from_now_at_least(self):
        asked = invitation()
        now = asked.reply_by_at
        assert replying.awaited(asked, now) is Awaited.INVITATION
        put_off = replying.put_off(asked, Awaited.INVITATION, now)
        assert said(put_off) == "Monday 15 March 2027, 4pm"

    @pytest.mark.parametrize("reminded_before", [None, timedelta(hours=23)])
    def test_one_without_a_reminder_in_time_waits_a_day_for_it(self, reminded_before):
        asked = invitation(sent_at=MONDAY)
        at = reminded_before and asked.reply_by_at - reminded_before
        waiting, now = replace(asked, reminder_sent_at=at), asked.reply_by_at + 20 * HOUR
        assert replying.awaited(waiting, now) is Awaited.REMINDER
        # It is midday on Tuesday, so the end of Wednesday leaves a day and an hour.
        put_off = replying.put_off(waiting, Awaited.REMINDER, now)
        assert said(put_off) == "Wednesday 10 March 2027, 4pm"

    def test_too_short_a_period_has_no_reminder(self):
        asked = invitation(sent_at=MONDAY, reply_by_at=MONDAY + 27 * HOUR)
        assert replying.awaited(asked, asked.reply_by_at) is None
        longer = replace(asked, reply_by_at=MONDAY + 28 * HOUR)
        assert replying.awaited(longer, longer.reply_by_at) is Awaited.REMINDER

    def test_paper_waits_for_no_mail(self):
        asked = invitation(by_mail=False)
        assert replying.awaited(asked, asked.reply_by_at) is None

    def test_a_letter_that_nobody_gave_out_is_waited_for(self):
        asked = invitation(by_mail=False, on_paper=True)
        now = asked.reply_by_at
        assert replying.awaited(asked, now) is Awaited.LETTER
        put_off = replying.put_off(asked, Awaited.LETTER, now)
        assert said(put_off) == "Monday 15 March 2027, 4pm"
        assert replying.awaited(replace(asked, given_out_at=MONDAY), now) is None

    def test_who_was_asked_by_mail_before_the_address_went_needs_no_letter(self):
        asked = invitation(by_mail=False, on_paper=True, sent_at=MONDAY)
        assert replying.awaited(asked, asked.reply_by_at) is None

    def test_nothing_is_waited_for_once_the_event_has_begun(self):
        asked = invitation(starts_at=MONDAY + 2 * DAY, reply_by_at=MONDAY + 2 * DAY)
        assert replying.awaited(asked, asked.reply_by_at) is None


class TestReminding:
    def test_a_family_is_reminded_two_days_before_but_not_on_the_first_day(self):
        asked = invitation(sent_at=MONDAY)
        near_at = asked.reply_by_at - timedelta(hours=48)
        assert not replying.is_reminder_due(asked, near_at - HOUR)
        assert replying.is_reminder_due(asked, near_at)
        short = replace(asked, reply_by_at=MONDAY + 30 * HOUR)
        assert not replying.is_reminder_due(short, MONDAY + 23 * HOUR)
        assert replying.is_reminder_due(short, MONDAY + 24 * HOUR)
        assert not replying.is_reminder_due(short, short.reply_by_at)

    def test_who_was_not_invited_is_not_reminded(self):
        asked = invitation()
        near_at = asked.reply_by_at - DAY
        assert not replying.is_reminder_due(asked, near_at)
        assert replying.is_reminder_due(replace(asked, by_mail=False), near_at)
        on_paper = replace(asked, by_mail=False, on_paper=True, given_out_at=MONDAY)
        assert not replying.is_reminder_due(on_paper, near_at)

    def test_a_late_reminder_leaves_a_day(self):
        asked = invitation(sent_at=MONDAY)
        assert replying.when_reminded(asked, asked.reply_by_at - DAY) == asked.reply_by_at
        late_at = asked.reply_by_at - 2 * HOUR
        assert said(replying.when_reminded(asked, late_at)) == "Tuesday 9 March 2027, 4pm"


@dataclass
class History:
    """What happens to one invitation, hour by hour, by the rules and nothing else."""

    invitation: ReplyPeriod
    #: Hours, counted from the invitation, in which the worker or the mail server is away.
    worker_off: set[int] = field(default_factory=set)
    mail_off: set[int] = field(default_factory=set)
    #: At which minute of each hour the worker runs.
    minute: int = 10
    reminded: bool = False
    reminder_waits: bool = False
    lapsed_at: datetime | None = None
    deadlines: list[datetime] = field(default_factory=list)

    #: Hours in which the school says that it gave out the letter, or takes that back.
    school: dict[int, bool] = field(default_factory=dict)

    def run(self, hours: int) -> "History":
        """Let the worker send, remind and sweep each hour."""
        for hour in range(hours):
            if hour in self.school:
                self.give_out(self.school[hour], self.invitation.invited_at + hour * HOUR)
            if hour in self.worker_off:
                continue
            now = self.invitation.invited_at + hour * HOUR + timedelta(minutes=self.minute)
            if hour not in self.mail_off:
                self.send(now)
            self.remind(now)
            if hour not in self.mail_off:
                self.send(now)
            self.sweep(now)
            if self.lapsed_at:
                break
        return self

    def move(self, to: datetime) -> None:
        if to != self.invitation.reply_by_at:
            self.deadlines.append(self.invitation.reply_by_at)
            self.invitation = replace(self.invitation, reply_by_at=to)

    def give_out(self, is_given: bool, now: datetime) -> None:
        if now >= self.invitation.starts_at:
            return
        if is_given and self.invitation.given_out_at is None:
            self.move(replying.when_sent(self.invitation, now))
            self.invitation = replace(self.invitation, given_out_at=now)
        elif not is_given:
            self.invitation = replace(self.invitation, given_out_at=None)

    def send(self, now: datetime) -> None:
        if self.invitation.on_paper:
            return
        if self.invitation.sent_at is None:
            self.move(replying.when_sent(self.invitation, now))
            self.invitation = replace(self.invitation, sent_at=now)
        if self.reminder_waits:
            self.move(replying.when_reminded(self.invitation, now))
            self.invitation = replace(self.invitation, reminder_sent_at=now)
            self.reminder_waits = False

    def remind(self, now: datetime) -> None:
        if not self.reminded and replying.is_reminder_due(self.invitation, now):
            self.reminded = self.reminder_waits = True

    def sweep(self, now: datetime) -> None:
        asked = self.invitation
        if asked.reply_by_at > now:
            return
        later_at = replying.after_closed_day(asked.calendar, asked.reply_by_at, asked.starts_at)
        if later_at is not None and later_at > now:
            self.move(later_at)
            return
        missing = replying.awaited(asked, now)
        if missing is None:
            self.lapsed_at = now
            return
        self.move(replying.put_off(asked, missing, now))
        if missing is Awaited.REMINDER:
            self.reminded = self.reminder_waits = True


def as_today(asked: ReplyPeriod) -> datetime:
    """When an invitation lapses if nothing ever goes wrong: at its date, or the next school day."""
    due_at = asked.reply_by_at
    while later_at := replying.after_closed_day(asked.calendar, due_at, asked.starts_at):
        if later_at <= due_at:
            break
        due_at = later_at
    return due_at


HOURS_MAX = 24 * 45
DAYS_CLOSED = st.lists(st.integers(0, 40), max_size=6).map(
    lambda days: tuple(
        ClosedDays(on, on, "Snow") for on in (date(2027, 3, 1) + n * DAY for n in days)
    )
)


@st.composite
def spells(draw: st.DrawFn) -> set[int]:
    """Some stretches of hours: an evening, a weekend, a fortnight."""
    found: set[int] = set()
    for _ in range(draw(st.integers(0, 3))):
        begins = draw(st.integers(0, HOURS_MAX))
        found |= set(range(begins, begins + draw(st.sampled_from([3, 12, 23, 64, 150, 340]))))
    return found


@st.composite
def invitations(draw: st.DrawFn) -> ReplyPeriod:
    """An invitation at any minute of March, for an event some days or hours later.

    Schools may close on days that were school days when the deadline was set.
    """
    invited_at = MONDAY + timedelta(minutes=draw(st.integers(0, 20 * 24 * 60)))
    days = draw(st.integers(1, 6))
    starts_at = invited_at + timedelta(hours=draw(st.integers(2, 24 * 40)))
    return ReplyPeriod(
        calendar=SchoolCalendar(closures=draw(DAYS_CLOSED)),
        days=days,
        invited_at=invited_at,
        reply_by_at=replying.deadline(OPEN_DAYS, days, invited_at, starts_at),
        starts_at=starts_at,
    )


def is_owed_a_reminder(asked: ReplyPeriod) -> bool:
    """Say it in other words than the rule: four hours are left after a first day."""
    assert asked.sent_at is not None
    return asked.reply_by_at >= asked.sent_at + timedelta(hours=28)


@given(asked=invitations(), worker_off=spells(), mail_off=spells())
def test_no_place_is_lost_that_nobody_was_told_and_reminded_of(asked, worker_off, mail_off):
    history = History(asked, worker_off, mail_off).run(HOURS_MAX)

    ended, starts_at = history.invitation, asked.starts_at
    assert max([*history.deadlines, ended.reply_by_at]) <= starts_at
    assert sorted(history.deadlines) == history.deadlines, "it only ever moves later"
    if history.lapsed_at is None or history.lapsed_at >= starts_at:
        return
    assert ended.sent_at is not None
    assert ended.sent_at < ended.reply_by_at <= history.lapsed_at
    if is_owed_a_reminder(ended):
        assert ended.reminder_sent_at is not None
        left = ended.reply_by_at - ended.sent_at - DAY
        assert ended.reminder_sent_at + min(DAY, left / 2) <= history.lapsed_at


@given(asked=invitations(), minute=st.integers(0, 59))
def test_a_worker_and_a_mail_server_that_work_change_no_date(asked, minute):
    history = History(asked, minute=minute).run(HOURS_MAX)

    assert history.lapsed_at is not None
    assert history.invitation.reply_by_at == as_today(asked)
    assert history.lapsed_at - HOUR <= history.invitation.reply_by_at


@given(asked=invitations(), now=st.integers(0, HOURS_MAX), missing=st.sampled_from(Awaited))
def test_what_is_put_off_is_still_to_come_or_the_event_has_begun(asked, now, missing):
    at = asked.invited_at + now * HOUR
    told = replace(asked, sent_at=asked.invited_at)
    later_at = replying.put_off(told, missing, at)
    assert at < later_at <= asked.starts_at or later_at == asked.starts_at <= at


def test_the_history_can_lose_a_place_if_the_rules_do_not_wait(monkeypatch):
    """Show that the first property can fail: with today's deadlines alone, families lose places."""
    monkeypatch.setattr(replying, "awaited", lambda asked, now: None)
    away: Sequence[int] = range(HOURS_MAX)
    history = History(invitation(), mail_off=set(away)).run(HOURS_MAX)
    assert (history.lapsed_at is not None, history.invitation.sent_at) == (True, None)


@given(
    asked=invitations(),
    worker_off=spells(),
    school=st.dictionaries(st.integers(0, HOURS_MAX), st.booleans(), max_size=4),
)
def test_no_place_is_lost_before_its_letter_was_given_out_and_had_its_days(
    asked, worker_off, school
):
    on_paper = replace(asked, by_mail=False, on_paper=True)
    history = History(on_paper, worker_off, school=school).run(HOURS_MAX)

    ended, starts_at = history.invitation, asked.starts_at
    assert max([*history.deadlines, ended.reply_by_at]) <= starts_at
    assert sorted(history.deadlines) == history.deadlines, "it only ever moves later"
    if history.lapsed_at is None or history.lapsed_at >= starts_at:
        return
    given_at = ended.given_out_at
    assert given_at is not None
    had = replying.deadline(asked.calendar, asked.days, given_at, starts_at)
    late = given_at > asked.invited_at + HOUR
    assert history.lapsed_at >= (had if late else asked.reply_by_at)

"""How long an answer may take, counted from when those who are asked were told.

An invitation lapses at its deadline only if its first mail went out, and its reminder too, some
time before. Otherwise the deadline is put off, never beyond the start of the event, and nothing is
ever put off to an earlier time. A worker and a mail server that work never change a deadline.

A family without an e-mail address is asked by a letter that a teacher gives out. We only know that
it was when the school says so, so the days to answer run from then, and until then nothing lapses:
a letter that lies in the office must not cost a child the place. A letter needs no reminder from
us, for it can only come from the school, which sees who has not answered.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from booking.domain import terms
from booking.domain.terms import SchoolCalendar

#: Mail that went out within this time was on time: the deadline that it names stands.
ON_TIME = timedelta(hours=1)
#: Nobody is reminded on the first day.
FIRST_DAY = timedelta(hours=24)
#: Families that have not answered are reminded once, this long before the deadline.
REMIND_BEFORE = timedelta(hours=48)
#: A reminder is sent, at the latest, this long before the invitation lapses …
NOTICE = timedelta(hours=24)
#: … but of a short reply period no more than half of what is left after the first day, and if less
#: than this is left, the invitation may lapse without a reminder.
LEFT_AT_LEAST = timedelta(hours=4)


class Awaited(StrEnum):
    """What has to happen before an invitation may lapse."""

    #: None of its mails has gone out.
    INVITATION = "invitation"
    #: No reminder has gone out in time.
    REMINDER = "reminder"
    #: The school has not said that it gave out the letter.
    LETTER = "letter"


@dataclass(frozen=True)
class ReplyPeriod:
    """What decides until when a family may answer, and when they are reminded."""

    calendar: SchoolCalendar
    #: How many school days the event gives them.
    days: int
    invited_at: datetime
    reply_by_at: datetime
    starts_at: datetime | None
    #: Whether mail has to reach them: somebody has an e-mail address, and nobody has answered.
    by_mail: bool = True
    #: When the first of its mails went out.
    sent_at: datetime | None = None
    #: When a reminder last went out.
    reminder_sent_at: datetime | None = None
    #: Whether a letter has to reach them: nobody has an e-mail address, and nobody has answered.
    on_paper: bool = False
    #: When the school said that it gave them a letter.
    given_out_at: datetime | None = None


def deadline(
    calendar: SchoolCalendar, days: int, at: datetime, starts_at: datetime | None
) -> datetime:
    """Return the deadline some school days after an instant, or the event's start if sooner."""
    return _capped(terms.add_school_days(calendar, at, days), starts_at)


def after_closed_day(
    calendar: SchoolCalendar, due_at: datetime, starts_at: datetime | None
) -> datetime | None:
    """Return when a deadline is due instead; None if there was school on its day."""
    local = terms.london(due_at)
    if terms.is_school_day(calendar, local.date()):
        return None
    return _capped(terms.add_school_days(calendar, due_at, 1, at=local.time()), starts_at)


def when_sent(period: ReplyPeriod, at: datetime) -> datetime:
    """Return the deadline once the first mail or the letter has gone out.

    One that is late has its own reply period.
    """
    if at <= period.invited_at + ON_TIME:
        return period.reply_by_at
    return max(period.reply_by_at, _whole_period(period, at))


def when_reminded(period: ReplyPeriod, at: datetime) -> datetime:
    """Return the deadline once a reminder has gone out: some time after it."""
    if at + _notice(period) <= period.reply_by_at:
        return period.reply_by_at
    return max(period.reply_by_at, _some_time_after(period, at))


def is_reminder_due(period: ReplyPeriod, now: datetime) -> bool:
    """Return whether it is time to remind a family that has not been reminded.

    Those who have not been invited are not reminded, nor are those whom only a letter reaches.
    """
    if period.on_paper:
        return False
    told_at = period.sent_at if period.by_mail else period.invited_at
    if told_at is None or now < told_at + FIRST_DAY:
        return False
    return now < period.reply_by_at <= now + REMIND_BEFORE


def awaited(period: ReplyPeriod, now: datetime) -> Awaited | None:
    """Return why an invitation whose deadline has passed does not lapse; None if it does."""
    assert period.reply_by_at <= now, "nothing lapses before its deadline"
    begun = period.starts_at is not None and period.starts_at <= now
    if begun or period.given_out_at is not None:
        return None
    if period.on_paper:
        return Awaited.LETTER if period.sent_at is None else None
    if not period.by_mail:
        return None
    if period.sent_at is None:
        return Awaited.INVITATION
    reminded_at, notice = period.reminder_sent_at, _notice(period)
    if not notice or (reminded_at and reminded_at + notice <= period.reply_by_at):
        return None
    return Awaited.REMINDER


def put_off(period: ReplyPeriod, missing: Awaited, now: datetime) -> datetime:
    """Return the new deadline of an invitation that cannot lapse yet.

    A family that was never invited has a whole reply period from now at least; one that was not
    reminded in time has some time to read the reminder that is being sent now.
    """
    if missing in {Awaited.INVITATION, Awaited.LETTER}:
        return _whole_period(period, now)
    return _some_time_after(period, now + ON_TIME)


def _notice(period: ReplyPeriod) -> timedelta:
    """Return how long before the deadline a reminder has to have gone out; 0 if none has to."""
    assert period.sent_at is not None, "only who was invited is reminded"
    left = period.reply_by_at - period.sent_at - FIRST_DAY
    if left < LEFT_AT_LEAST:
        return timedelta(0)
    return min(NOTICE, left / 2)


def _whole_period(period: ReplyPeriod, at: datetime) -> datetime:
    return deadline(period.calendar, period.days, at, period.starts_at)


def _some_time_after(period: ReplyPeriod, at: datetime) -> datetime:
    """Return the first end of a school day that leaves time to act on a reminder."""
    earliest_at = at + NOTICE
    day_before = earliest_at - timedelta(days=1)
    due_at = terms.add_school_days(period.calendar, day_before, 1)
    if due_at < earliest_at:
        due_at = terms.add_school_days(period.calendar, earliest_at, 1)
    return _capped(due_at, period.starts_at)


def _capped(due_at: datetime, starts_at: datetime | None) -> datetime:
    return due_at if starts_at is None else min(due_at, starts_at)

"""Ask for a stop, accept one of the times that a school offers, decline, withdraw, call off."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from booking.days.events import locks as event_locks
from booking.days.events import queries as event_queries
from booking.days.events import service as events
from booking.days.events.details import EventDetails
from booking.days.events.models import EventState, Sharing
from booking.days.leading import service as leading
from booking.days.leading.details import LeadingDetails
from booking.days.leading.models import LeaderKind
from booking.days.tours import details as tour_details
from booking.days.tours import locks, mail, queries, states, words
from booking.days.tours.details import TIMES_MAX, StopWish
from booking.days.tours.models import OfferedTime, StopState, Tour, TourState, TourStop
from booking.days.tours.refusals import StopNotOpen, TourNotOpen, TourRefused
from booking.days.tours.service import timing
from booking.domain import permissions
from booking.domain.permissions import WORKER, Action, Actor, Scope
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.domain.terms import SchoolCalendar, is_school_day, london
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.people.schools import queries as school_queries

CLOSE_AT = time(16)
#: School days are looked for as far back as this.
DAYS_BACK = 60
#: School days before a stop on which unused places are released and naming closes, best first.
DEADLINE_DAYS = ((8, 5), (4, 3), (2, 1))


def ask(*, actor: Actor, now: datetime, tour: Tour, wish: StopWish) -> TourStop:
    """Ask for a stop, at one of the times that are offered. Raises TourRefused, TourNotOpen."""
    tour = locks.tour(tour.id)
    if tour.state is not TourState.OPEN:
        raise TourNotOpen(f"{tour.title} is not open, so schools cannot ask for it.")
    problems = list(tour_details.wish_problems(wish, tour, now=now))
    scope = Scope(wish.school_id)
    if actor.kind == "person" and not permissions.may(actor, Action.JOIN_TOURS, scope):
        problems.append(Problem("school_id", "Choose a school where you have a role."))
    if queries.live_stop(tour.id, wish.school_id) is not None:
        problems.append(Problem("school_id", "This school has already asked for a stop."))
    if problems:
        raise TourRefused(problems)
    stop = TourStop(
        tour_id=tour.id,
        school_id=wish.school_id,
        room=wish.room,
        pupils=wish.pupils,
        others=wish.others,
        low_year=wish.low_year,
        high_year=wish.high_year,
        note=wish.note,
        asked_at=now,
        asked_by_id=actor.person_id,
        times=[OfferedTime(starts_at=at) for at in sorted(wish.times)[:TIMES_MAX]],
    )
    db.session.add(stop)
    _record(actor, "ask_for_stop", stop, now)
    mail.tell_of_wish(stop, now=now)
    return stop


def accept(*, actor: Actor, now: datetime, stop: TourStop, starts_at: datetime) -> TourStop:
    """Accept one of the offered times: a draft of an event appears at the school, filled in.

    Only the school's own hosts, or the network lead, can publish it. Raises StopNotOpen, TimeTaken.
    """
    stop = _asked(stop)
    tour = stop.tour
    if starts_at not in {offered.starts_at for offered in stop.times}:
        raise StopNotOpen("The school does not offer this time any more. Please look again.")
    if starts_at <= now:
        raise StopNotOpen("This time has passed. Ask the school to offer another one.")
    ends_at = starts_at + timedelta(minutes=tour.minutes)
    timing.refuse_if_taken(tour, starts_at, ends_at)
    # The school asked for it; whoever accepts has no say in its events, so nobody is its author.
    stop.event = events.write(actor=WORKER, now=now, details=_draft(stop, starts_at, now=now))
    db.session.flush()
    led_by = LeadingDetails(
        kind=LeaderKind.OLDER_PUPILS, teacher=tour.teacher, school_id=tour.leading_school_id
    )
    leading.keep(actor=WORKER, now=now, event=stop.event, details=led_by)
    stop.state = states.move_stop(stop.state, StopState.ACCEPTED)
    stop.starts_at, stop.ends_at, stop.decided_at = starts_at, ends_at, now
    _record(actor, "accept_stop", stop, now)
    mail.tell_of_acceptance(stop, now=now)
    return stop


def decline(*, actor: Actor, now: datetime, stop: TourStop, reason: str) -> TourStop:
    """Decline a school's wish, and say why. Raises StopNotOpen, ReasonMissing."""
    stop = _asked(stop)
    if not reason:
        raise ReasonMissing("Say why. The school will read it.")
    refuse_wish(stop, reason, now=now)
    _record(actor, "decline_stop", stop, now, reason=reason)
    return stop


def refuse_wish(stop: TourStop, reason: str, *, now: datetime) -> None:
    """Mark a wish as declined and tell the school; the caller holds the tour's lock."""
    stop.state = states.move_stop(stop.state, StopState.DECLINED)
    stop.reason, stop.decided_at = reason, now
    mail.tell_of_refusal(stop, now=now)


def withdraw(*, actor: Actor, now: datetime, stop: TourStop) -> TourStop:
    """Withdraw a wish that nobody has answered. Raises StopNotOpen."""
    stop = _asked(stop)
    stop.state = states.move_stop(stop.state, StopState.WITHDRAWN)
    stop.decided_at = now
    _record(actor, "withdraw_stop", stop, now)
    return stop


def call_off(*, actor: Actor, now: datetime, stop: TourStop, reason: str) -> TourStop:
    """Cancel an agreed stop for the leading school: its event is cancelled, or its draft deleted.

    The time is free again. Raises StopNotOpen, ReasonMissing, events.OverAlready.
    """
    if stop.event_id is None:
        raise StopNotOpen("This stop has no date, so there is nothing to cancel.")
    event = event_locks.whole(stop.event_id)
    stop = locks.stop(stop.id)
    if stop.state is not StopState.ACCEPTED:
        raise StopNotOpen("This stop has already been cancelled.")
    if not reason:
        raise ReasonMissing("Say why. The school, and everybody with a place, will be told.")
    stop.reason = reason
    _record(actor, "call_off_stop", stop, now, reason=reason)
    if event.state is EventState.DRAFT:
        mail.tell_of_calling_off(stop, now=now)
        events.discard(actor=actor, now=now, event=event)
    else:
        events.cancel(actor=actor, now=now, event=event, reason=reason)
    return stop


def _asked(stop: TourStop) -> TourStop:
    stop = locks.stop(stop.id)
    if stop.state is not StopState.ASKED:
        raise StopNotOpen(f"This has already been answered: {words.stop_status(stop).words}.")
    return stop


def _draft(stop: TourStop, starts_at: datetime, *, now: datetime) -> EventDetails:
    """Return the event of a stop as far as the tour and the school have said what it is."""
    tour, school, rules = stop.tour, stop.school, event_queries.network_rules()
    release_at, naming_close_at = _deadlines(school.id, london(starts_at).date(), now)
    ends_at = starts_at + timedelta(minutes=tour.minutes)
    return EventDetails(
        title=tour.title,
        host_school_id=school.id,
        theme=tour.theme,
        concept=tour.concept,
        venue=stop.room,
        venue_address=" ".join(filter(None, (school.address, school.postcode))),
        contact_name=stop.asked_by.name if stop.asked_by else "",
        contact_phone=school.office_phone,
        low_year=stop.low_year,
        high_year=stop.high_year,
        places=stop.pupils + stop.others,
        sharing=Sharing.SET_QUOTAS,
        dates=(events.DateDetails(starts_at, ends_at),),
        release_at=release_at,
        naming_close_at=naming_close_at,
        reply_days=rules.reply_days,
        offer_days=rules.offer_days,
    )


def _deadlines(school_id: int, on: date, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when unused places are released and naming closes: on school days before the stop.

    If there is too little time left, the school's host chooses.
    """
    calendar = school_queries.calendar(school_id)
    for days in DEADLINE_DAYS:
        release, naming = (_school_day_before(calendar, on, count) for count in days)
        if release > now:
            return release, naming
    return None, None


def _school_day_before(calendar: SchoolCalendar, on: date, count: int) -> datetime:
    """Return 4pm on the school day that is so many school days before a day."""
    before = (on - timedelta(days=days) for days in range(1, DAYS_BACK))
    found = islice((d for d in before if is_school_day(calendar, d)), count - 1, None)
    day = next(found, on - timedelta(days=count))
    return datetime.combine(day, CLOSE_AT, tzinfo=LONDON).astimezone(UTC)


def _record(actor: Actor, action: str, stop: TourStop, now: datetime, *, reason: str = "") -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=stop,
        school_id=stop.school_id,
        reason=reason,
        now=now,
        tour_id=stop.tour_id,
    )

"""How a school travels: it says so itself, and whoever has seats in its bus hears of changes."""

from collections.abc import Iterator
from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.domain.travelling import WITH_SEATS
from booking.foundation.audit import service as audit
from booking.on_the_day.travel import locks, mail, queries, words
from booking.on_the_day.travel.details import LINE_MAX, SEATS_MAX, TEXT_MAX, WayDetails
from booking.on_the_day.travel.models import SeatState, TravelPlan
from booking.on_the_day.travel.refusals import TravelRefused
from booking.on_the_day.travel.service import checks, ending
from booking.people.schools.models import School

#: What those who sit in the bus plan by.
_SHARED = ("mode", "leaves", "arrives", "back", "gets_on")


def save_plan(
    *, actor: Actor, now: datetime, event: Event, school: School, details: WayDetails
) -> TravelPlan:
    """Say how a school travels. Seats of a bus that no longer goes are taken back.

    Raises NobodyTravels, TravelRefused.
    """
    checks.refuse_unless_it_comes(event, school.id, now)
    plan = locks.plan_of(event.id, school.id)
    wrong = [*_problems(details), *_promised(plan, details)]
    if wrong:
        raise TravelRefused(wrong)
    base_phone = checks.phone(details.base_phone, "base_phone")
    before = _shared_facts(plan)
    plan.mode, plan.seats = details.mode, details.seats
    plan.leaves, plan.arrives = details.times.leaves, details.times.arrives
    plan.back, plan.gets_on = details.times.back, details.gets_on
    plan.base_name, plan.base_phone = details.base_name, base_phone
    plan.first_aid, plan.supervision = details.first_aid, details.supervision
    plan.meeting_point, plan.check_since = details.meeting_point, None
    audit.record(
        actor=actor,
        action="say_how_we_travel",
        subject=plan,
        school_id=school.id,
        now=now,
        event_id=event.id,
        mode=plan.mode.value if plan.mode else "",
        seats=plan.seats,
    )
    if plan.mode not in WITH_SEATS:
        ending.take_back_all(plan, actor=actor, now=now)
    elif before != _shared_facts(plan):
        _tell_of_change(plan, now)
    return plan


def _problems(details: WayDetails) -> Iterator[Problem]:
    if not 0 <= details.seats <= SEATS_MAX:
        yield Problem("seats", f"Enter a number of seats from 0 to {SEATS_MAX}.")
    elif details.seats and details.mode not in WITH_SEATS:
        yield Problem(
            "seats", "Only a coach or a minibus has seats for others. Leave this empty, or enter 0."
        )
    lines = {name: getattr(details, name) for name in ("gets_on", "base_name")}
    texts = {name: getattr(details, name) for name in ("first_aid", "supervision", "meeting_point")}
    yield from checks.too_long(lines, LINE_MAX)
    yield from checks.too_long(texts, TEXT_MAX)


def _promised(plan: TravelPlan, details: WayDetails) -> Iterator[Problem]:
    if details.mode not in WITH_SEATS:
        return
    promised = queries.promised(plan.id)
    if details.seats < promised:
        yield Problem(
            "seats",
            f"You have promised {words.seats(promised)} to other schools. Take some back first.",
        )


def _shared_facts(plan: TravelPlan) -> tuple[object, ...]:
    return tuple(getattr(plan, name) for name in _SHARED)


def _tell_of_change(plan: TravelPlan, now: datetime) -> None:
    for share in queries.given(plan.id):
        if share.state is SeatState.CONFIRMED:
            share.news_at = now
            mail.bus_changed(share, now=now)

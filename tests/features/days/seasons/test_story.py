"""A season plan from beginning to end: opened, filled in, worked out, accepted, named."""

import pytest
from sqlalchemy import func, select

from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.days.seasons import pages, queries, service
from booking.days.seasons.models import PlanState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from tests.builders import places as build_places
from tests.builders import schools, seasons
from tests.builders.seasons import some


def mails(db_session, template):
    found = select(Message.recipient).where(Message.template == template)
    return sorted(db_session.scalars(found.order_by(Message.recipient)))


def test_a_plan_is_opened_wished_for_worked_out_accepted_and_named(ash, elm, db_session):
    day_one, day_two = seasons.make_events(2, 2)
    plan = seasons.open_plan([day_one, day_two])
    assert {"c@ash.example", "c@elm.example"} <= set(mails(db_session, "plan_opened"))
    assert day_one.requests_close_at == plan.wishes_close_at
    [until] = set(
        db_session.scalars(select(Message.keep_until).where(Message.template == "plan_opened"))
    )
    assert until == plan.wishes_close_at

    mia, noah, otis = some(ash, 3)
    seasons.wish(plan, ash, {mia: [day_one, day_two], noah: [day_one], otis: [day_two]})
    [ruth] = some(elm, 1)
    seasons.wish(plan, elm, {ruth: [day_one]}, first=day_one)

    row = seasons.accept(plan)

    assert plan.state is PlanState.ACCEPTED
    held = {event.id: place_queries.held(event.id) for event in (day_one, day_two)}
    assert held[day_one.id][elm.id] == 1
    assert held[day_one.id][ash.id] + held[day_two.id][ash.id] == 3
    assert service.verify(row) == []
    assert service.recompute(row) == []
    assert list(service.problems()) == []
    assert mails(db_session, "plan_accepted") == ["c@ash.example", "c@elm.example"]
    # Nobody is named until the coordinator says so.
    assert db_session.scalar(select(func.count(Booking.id))) == 0
    assert pages.proposed_names(day_one, elm) == [ruth]
    with transaction():
        places.name_pupils(
            actor=COMMAND,
            now=clock.now(),
            event=day_one,
            school=elm,
            pupils=pages.proposed_names(day_one, elm),
        )
    assert pages.proposed_names(day_one, elm) == []


def test_the_school_with_fewer_places_this_year_comes_first(ash, elm):
    earlier = seasons.make_events(3)[0]
    build_places.allot(earlier, {ash: 3})
    day_one, day_two = seasons.make_events(1, 1)
    plan = seasons.open_plan([day_one, day_two])
    for school in (ash, elm):
        seasons.wish(plan, school, {p: [day_one, day_two] for p in some(school, 2)})

    row = seasons.accept(plan)

    assert {s["slug"]: s["given"] for s in pages.PublishedPlan(plan, row).content["schools"]} == {
        ash.slug: 0,
        elm.slug: 2,
    }


def test_the_line_goes_on_in_the_order_of_the_plan(ash, elm):
    oak = schools.make_school(name="Oak Primary")
    day_one, day_two = seasons.make_events(2, 1)
    plan = seasons.open_plan([day_one, day_two])
    for school, count in ((ash, 3), (elm, 3), (oak, 1)):
        seasons.wish(plan, school, {p: [day_one] for p in some(school, count)})
    [extra] = some(ash, 1)
    seasons.wish(plan, ash, {extra: [day_two]})

    seasons.accept(plan)

    # Each has one place, Ash on the other day: next come elm or ash by lottery, never oak again.
    held = place_queries.held(day_one.id)
    waiting = place_queries.line_of(day_one).next_schools()
    assert held == {elm.id: 1, oak.id: 1}
    assert waiting[:3].count(ash.id) + waiting[:3].count(elm.id) == 3
    assert oak.id not in waiting
    claims = {claim.school: claim for claim in place_queries.round_of(day_one).claims}
    assert claims[ash.slug].received == 1
    assert claims[elm.slug].received == 0


def test_an_event_that_nobody_wishes_for_goes_back_to_its_own_round(ash):
    day_one, day_two = seasons.make_events(2, 2)
    plan = seasons.open_plan([day_one, day_two])
    seasons.wish(plan, ash, {p: [day_one] for p in some(ash, 2)})
    now = seasons.after_deadline(plan)

    seasons.accept(plan, now=now)

    assert queries.mark_of(day_two.id) is None
    assert day_two.requests_close_at > now
    assert build_places.ask(day_two, ash, 2, now=now).wanted == 2


def test_every_step_is_in_the_audit_trail_and_no_pupil_is(ash, db_session):
    day_one, day_two = seasons.make_events(2, 2)
    plan = seasons.open_plan([day_one, day_two])
    [mia] = some(ash, 1)
    seasons.wish(plan, ash, {mia: [day_one]})
    seasons.accept(plan)

    trail = db_session.scalars(
        select(AuditEntry).where(AuditEntry.subject_type == "season_plans").order_by(AuditEntry.id)
    ).all()
    assert [entry.action for entry in trail] == [
        "open_season_plan",
        "enter_wishes",
        "propose_season_plan",
        "accept_season_plan",
    ]
    assert mia.public_id not in str([entry.facts for entry in trail])


@pytest.mark.parametrize(
    ("wishing", "held", "waiting"), [(1, 1, 0), (2, 2, 0), (3, 2, 1), (4, 2, 2)]
)
def test_a_place_that_the_host_gave_back_is_shared_and_not_owed_to_it_again(
    ash, wishing, held, waiting
):
    event, other = seasons.make_events(2, 2, host=ash, host_places=1)
    plan = seasons.open_plan([event, other])
    seasons.wish(plan, ash, {pupil: [event] for pupil in some(ash, wishing)})
    give_back(event, ash)

    seasons.accept(plan)

    assert place_queries.held(event.id) == {ash.id: held}
    assert place_queries.line_of(event).next_schools() == [ash.id] * waiting


def test_a_host_that_gave_its_place_back_waits_for_a_wish_that_the_plan_cannot_meet(ash, elm):
    event, other = seasons.make_events(2, 2, host=ash, host_places=1)
    plan = seasons.open_plan([event, other])
    seasons.wish(plan, ash, {pupil: [event] for pupil in some(ash, 1)})
    seasons.wish(plan, elm, {pupil: [event] for pupil in some(elm, 2)}, first=event)
    give_back(event, ash)

    seasons.accept(plan)

    [missing] = {ash.id: 1, elm.id: 2}.items() - place_queries.held(event.id).items()
    assert place_queries.line_of(event).next_schools() == [missing[0]]


def give_back(event, school):
    """Give back one of a school's places."""
    with transaction():
        places.give_back_places(actor=COMMAND, now=clock.now(), event=event, school=school, count=1)

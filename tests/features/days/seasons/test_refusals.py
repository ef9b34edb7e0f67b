"""What cannot be done with season plans: each refusal says what to do, and changes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.days.allocation import queries as allocation_queries
from booking.days.allocation import service as allocation
from booking.days.events import service as events
from booking.days.events.models import Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import PlaceRequest
from booking.days.seasons import queries, service
from booking.days.seasons.models import PlannedPupil, PlanState, Wish
from booking.days.seasons.service import proposing
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.pupils import service as pupil_service
from tests.builders import allocation as rounds
from tests.builders import events as build_events
from tests.builders import places as build_places
from tests.builders import pupils, schools, seasons
from tests.builders.seasons import some


@pytest.fixture
def two_days(db_session):
    return seasons.make_events(2, 2)


@pytest.fixture
def plan(two_days):
    return seasons.open_plan(two_days)


def accepting(plan, now, digest):
    with transaction():
        return service.accept(actor=COMMAND, now=now, plan=plan, digest=digest)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_single_event_is_no_plan(two_days):
    with pytest.raises(service.PlanRefused, match="at least two events"):
        seasons.open_plan(two_days[:1])


def test_an_event_is_in_one_plan_at_a_time(plan, two_days):
    other = seasons.make_events(2)[0]
    with pytest.raises(service.PlanRefused, match="another plan has it"):
        seasons.open_plan([*two_days, other])
    assert queries.mark_of(other.id) is None


def test_an_event_whose_requests_have_closed_or_that_is_no_round_cannot_be_planned(two_days, ash):
    quota = build_events.make_event(sharing=Sharing.SET_QUOTAS)
    build_places.ask(two_days[0], ash, 1)
    rounds.run_round(two_days[0])
    days = [event.first_starts_at.date() for event in (*two_days, quota)]

    found = queries.candidates(min(days), max(days), clock.now())
    closed = queries.candidates(min(days), max(days), rounds.after_deadline(two_days[1]))

    assert quota not in found
    assert closed == []
    with pytest.raises(service.PlanRefused):
        seasons.open_plan(two_days)


def test_wishes_close_before_pupils_are_named(two_days):
    with pytest.raises(service.PlanRefused, match="before pupils are named for “Day 1”"):
        seasons.open_plan(two_days, wishes_close_at=two_days[0].naming_close_at)
    with pytest.raises(service.PlanRefused, match="in the future"):
        seasons.open_plan(two_days, wishes_close_at=clock.now())


def test_no_number_is_asked_for_while_an_event_waits_for_its_plan(plan, two_days, ash):
    with pytest.raises(places.PlannedTogether, match="in a season plan"):
        build_places.ask(two_days[0], ash, 2)
    assert count(PlaceRequest) == 0


def test_a_planned_event_has_no_round_and_nobody_is_told_to_run_one(plan, two_days):
    now = seasons.after_deadline(plan)
    with pytest.raises(allocation.NoRound, match="shared by the season plan “Spring term”"):
        rounds.run_round(two_days[0], now=now)
    assert allocation_queries.rounds_due(now, None) == []


def test_an_event_shared_by_a_plan_has_no_round_either(plan, two_days, ash):
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 2), two_days))
    seasons.accept(plan)
    with pytest.raises(allocation.NoRound, match="shared once"):
        rounds.run_round(two_days[0])


def test_numbers_asked_for_before_the_plan_are_set_aside_and_count_again_when_it_is_withdrawn(
    two_days, ash, elm
):
    build_places.ask(two_days[0], ash, 2)
    plan = seasons.open_plan(two_days)
    assert queries.mark_of(two_days[0].id) is not None

    with transaction():
        service.withdraw(actor=COMMAND, now=clock.now(), plan=plan, reason="Too early")

    assert plan.state is PlanState.WITHDRAWN
    assert queries.mark_of(two_days[0].id) is None
    assert build_places.ask(two_days[0], elm, 1).wanted == 1
    rounds.run_round(two_days[0])
    assert place_queries.held(two_days[0].id) == {ash.id: 1, elm.id: 1}


def test_numbers_asked_for_before_the_plan_give_way_to_wishes(two_days, ash, elm):
    build_places.ask(two_days[0], ash, 2)
    plan = seasons.open_plan(two_days)
    seasons.wish(plan, elm, dict.fromkeys(some(elm, 1), two_days[:1]))

    seasons.accept(plan)

    assert place_queries.held(two_days[0].id) == {elm.id: 1}
    assert place_queries.request_of(two_days[0].id, ash.id) is None


def test_a_withdrawn_plan_changes_no_more_and_needs_a_reason(plan):
    with pytest.raises(service.PlanRefused, match="Say why"), transaction():
        service.withdraw(actor=COMMAND, now=clock.now(), plan=plan, reason=" ")
    with transaction():
        service.withdraw(actor=COMMAND, now=clock.now(), plan=plan, reason="Too early")
    with pytest.raises(service.NotOpen, match="Open a new plan"):
        seasons.propose(plan)


def test_schools_get_more_time_never_less(plan, two_days):
    with pytest.raises(service.DeadlineRefused, match="choose a later time"), transaction():
        service.extend(
            actor=COMMAND,
            now=clock.now(),
            plan=plan,
            wishes_close_at=plan.wishes_close_at - timedelta(hours=1),
        )
    later = plan.wishes_close_at + timedelta(days=1)
    with transaction():
        service.extend(actor=COMMAND, now=clock.now(), plan=plan, wishes_close_at=later)
    assert [event.requests_close_at for event in two_days] == [later, later]
    with pytest.raises(service.DeadlineRefused, match="named for “Day 1”"), transaction():
        service.extend(
            actor=COMMAND,
            now=clock.now(),
            plan=plan,
            wishes_close_at=two_days[0].naming_close_at,
        )


def test_a_host_cannot_move_the_deadline_of_a_planned_event(plan, two_days):
    [day, _] = two_days
    host = day.host_school
    details = build_events.event_details(
        host=host,
        title=day.title,
        places=2,
        dates=[build_events.one_date(day.first_starts_at)],
        requests_close_at=day.requests_close_at + timedelta(days=1),
    )
    words = "Only the network lead"
    with pytest.raises(events.EventRefused, match=words) as refused, transaction():
        events.change(actor=COMMAND, now=clock.now(), event=day, details=details)
    assert [problem.field for problem in refused.value.problems] == ["requests_close_at"]


def test_wishes_are_for_the_own_pupils_their_years_and_the_plans_events(plan, two_days, ash, elm):
    [stranger] = some(elm, 1)
    [young] = some(ash, 1, year_group=2)
    [mia] = some(ash, 1)
    other = seasons.make_events(2)[0]
    for pupil, wished, words in (
        (stranger, two_days, "no longer on your list"),
        (young, two_days, "is in Year 2; “Day 1” is for Years 5 to 6"),
        (mia, [other], "no longer part of the plan"),
    ):
        with pytest.raises(service.WishRefused, match=words) as refused:
            seasons.wish(plan, ash, {pupil: wished})
        assert refused.value.pupil == pupil.public_id
    with pytest.raises(service.WishRefused, match="tick the first choice as well"):
        seasons.wish(plan, ash, {mia: two_days[:1]}, first=two_days[1])
    with pytest.raises(service.WishRefused, match="enter 1 event"):
        seasons.wish(plan, ash, {mia: two_days}, at_most=0)
    assert (count(PlannedPupil), count(Wish)) == (0, 0)


def test_wishes_that_overlap_one_after_another_are_refused_in_words(db_session, ash):
    first = build_events.on_weekday(clock.now(), days=60, at=seasons.MORNING)
    made = [
        build_events.make_event(
            title=f"Day {n + 1}",
            dates=[build_events.one_date(first + timedelta(hours=2 * n), hours=3)],
        )
        for n in range(3)
    ]
    plan = seasons.open_plan(made, at_most=2)
    [mia] = some(ash, 1)
    with pytest.raises(service.WishRefused, match="overlap one after another"):
        seasons.wish(plan, ash, {mia: made})
    assert seasons.wish(plan, ash, {mia: made}, at_most=1) == 1


def test_wishes_close(plan, two_days, ash):
    with pytest.raises(service.WishesClosed, match="Ask the network lead to extend"):
        seasons.wish(
            plan, ash, dict.fromkeys(some(ash, 1), two_days), now=seasons.after_deadline(plan)
        )
    assert count(Wish) == 0


def test_a_plan_without_a_wish_is_not_worked_out(plan):
    with pytest.raises(service.NothingToPlan, match="nothing to plan"):
        seasons.propose(plan)


def test_a_trial_is_not_accepted(plan, two_days, ash):
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 1), two_days))
    trial = seasons.propose(plan, now=clock.now())
    assert trial.is_trial
    digest = trial.digest
    with pytest.raises(service.NoProposal, match="can enter choices until"):
        accepting(plan, clock.now(), digest)
    with pytest.raises(service.NoProposal, match="not the newest proposal"):
        accepting(plan, seasons.after_deadline(plan), digest)
    assert not place_queries.is_shared(two_days[0].id)


def test_what_was_not_looked_at_is_not_accepted(plan, two_days, ash):
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 1), two_days))
    now = seasons.after_deadline(plan)
    with pytest.raises(service.NoProposal, match="no proposal yet"):
        accepting(plan, now, "")
    seasons.propose(plan)
    with pytest.raises(service.NoProposal, match="not the newest"):
        accepting(plan, now, "0" * 64)


@pytest.mark.parametrize("change", ["pupil", "places", "cancelled", "received"])
def test_a_proposal_holds_only_for_what_it_was_worked_out_from(change, plan, two_days, ash):
    mia, noah = some(ash, 2)
    seasons.wish(plan, ash, {mia: two_days, noah: two_days})
    now, digest = seasons.after_deadline(plan), seasons.propose(plan).digest
    plan = queries.by_slug(plan.slug)
    if change == "pupil":
        with transaction():
            pupil_service.remove_pupil(actor=COMMAND, now=now, pupil=mia)
    elif change == "places":
        with transaction():
            two_days[0].places += 1
            places.follow_change(two_days[0], actor=COMMAND, now=now)
    elif change == "cancelled":
        build_events.cancel_event(two_days[0])
    else:
        earlier = seasons.make_events(1)[0]
        build_places.allot(earlier, {ash: 1})

    assert not service.is_current(plan, queries.proposal_of(plan.id), now)
    with pytest.raises(service.ChangedMeanwhile, match="Work it out again"):
        accepting(plan, now, digest)
    assert not place_queries.is_shared(two_days[1].id)
    assert accepting(plan, now, seasons.propose(plan).digest).digest != digest


def test_wishes_that_come_in_while_a_plan_is_solved_throw_the_proposal_away(
    plan, two_days, ash, monkeypatch
):
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 1), two_days))
    [late] = some(ash, 1)
    solve = proposing.planning.propose

    def slowly(season, solver):
        seasons.wish(queries.by_slug("spring-term-2027"), ash, {late: two_days})
        return solve(season, solver)

    monkeypatch.setattr(proposing.planning, "propose", slowly)
    with pytest.raises(service.ChangedMeanwhile, match="came in while"):
        seasons.propose(plan, now=clock.now())
    assert queries.proposal_of(plan.id) is None


def test_without_the_solver_the_lead_is_told_what_to_install(plan, two_days, ash, monkeypatch):
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 1), two_days))
    monkeypatch.setattr(proposing, "find_spec", lambda name: None)
    with pytest.raises(service.NoSolver, match=r"pip install -c constraints.txt '\.\[season\]'"):
        seasons.propose(plan)
    assert queries.proposal_of(plan.id) is None


def test_a_plan_is_accepted_once(plan, two_days, ash):
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 1), two_days))
    row = seasons.accept(plan)
    with pytest.raises(service.AlreadyAccepted, match="accepted once"):
        accepting(plan, seasons.after_deadline(plan), row.digest)
    with pytest.raises(service.AlreadyAccepted):
        seasons.propose(plan)
    assert (
        sum(place_queries.held(two_days[0].id).values())
        + sum(place_queries.held(two_days[1].id).values())
        == 1
    )


def test_a_pupil_with_a_place_at_that_time_is_not_planned_for_it(db_session, ash):
    day_one, day_two = seasons.make_events(2, 2)
    same_day = build_events.make_event(
        sharing=Sharing.FIRST_COME, dates=[build_events.one_date(day_one.first_starts_at)]
    )
    plan = seasons.open_plan([day_one, day_two])
    mia = pupils.make_pupil(school=ash)
    seasons.wish(plan, ash, {mia: [day_one, day_two]}, first=day_one)
    build_places.ask(same_day, ash, 1)
    build_places.name(same_day, ash, mia)

    seasons.accept(plan)

    assert place_queries.held(day_two.id) == {ash.id: 1}


def test_a_school_that_left_the_network_is_left_out(plan, two_days, ash):
    other = schools.make_school()
    for school in (ash, other):
        seasons.wish(plan, school, dict.fromkeys(some(school, 1), two_days))
    with transaction():
        other.left_on = clock.today()
    seasons.accept(plan)
    held = [place_queries.held(event.id) for event in two_days]
    assert sum(sum(counts.values()) for counts in held) == 1
    assert all(other.id not in counts for counts in held)

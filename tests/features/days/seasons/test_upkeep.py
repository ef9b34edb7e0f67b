"""What happens to season plans by itself: reminders, changes elsewhere, proof and purge."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DBAPIError

from booking.days.places.models import PlaceRequest
from booking.days.seasons import commands, pages, queries, service
from booking.days.seasons.models import PlannedPupil, PlanRecord, Proposal, Weighting, Wish
from booking.days.seasons.service import proposing
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.append_only import ChangeOfHistory
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.pupils import service as pupil_service
from booking.upkeep import doctor, purging
from tests.builders import events as build_events
from tests.builders import schools, seasons
from tests.builders.seasons import some


@pytest.fixture
def two_days(db_session):
    return seasons.make_events(2, 2)


@pytest.fixture
def plan(two_days, ash, elm):
    plan = seasons.open_plan(two_days)
    seasons.wish(plan, ash, dict.fromkeys(some(ash, 2), two_days))
    return plan


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def reminded():
    found = select(Message.recipient).where(Message.template == "wishes_closing")
    return sorted(db.session.scalars(found))


def test_schools_that_have_not_finished_are_reminded_once_before_wishes_close(plan, ash, elm):
    schools.make_terms()
    young = schools.make_school(low_year=0, high_year=2)
    schools.make_person(role=Role.COORDINATOR, school=young)
    with transaction():
        service.finish(actor=COMMAND, now=clock.now(), plan=plan, school=elm)

    def sweep(now):
        with transaction():
            return service.remind_of_wishes(now)

    assert sweep(clock.now()) == 0
    assert sweep(plan.wishes_close_at - timedelta(days=1)) == 1
    assert sweep(plan.wishes_close_at - timedelta(hours=1)) == 0
    assert reminded() == ["c@ash.example"]


def test_a_cancelled_event_and_a_pupil_who_leaves_are_out_of_an_open_plan(plan, two_days, ash):
    mia = db.session.scalars(select(PlannedPupil)).first().pupil
    build_events.cancel_event(two_days[0])
    with transaction():
        pupil_service.remove_pupil(actor=COMMAND, now=clock.now(), pupil=mia)
    assert [event.slug for event in queries.events_of(plan)] == [two_days[1].slug]
    assert queries.progress(plan.id)[ash.id].pupils == 1
    row = seasons.accept(plan)
    assert pages.PublishedPlan(plan, row).given == 1


def test_levelled_by_roll_a_larger_school_comes_to_more(two_days):
    large, small = schools.make_school(roll=420), schools.make_school(roll=105)
    plan = seasons.open_plan(two_days, weighting=Weighting.BY_ROLL, at_most=2)
    for school in (large, small):
        seasons.wish(plan, school, dict.fromkeys(some(school, 4), two_days))
    row = seasons.accept(plan)
    given = {s["slug"]: s["given"] for s in pages.PublishedPlan(plan, row).content["schools"]}
    assert given[large.slug] == 4 - given[small.slug]
    assert given[large.slug] >= 3


def test_a_record_that_was_changed_is_found(plan, two_days, ash, monkeypatch):
    row = seasons.accept(plan)
    assert service.verify(row) == []
    with transaction():
        request = db.session.scalars(
            select(PlaceRequest).where(PlaceRequest.places_received > 0)
        ).first()
        request.places_received += 1
    [problem] = list(service.problems())
    assert "was given" in problem
    [check] = [check for check in doctor.checks() if "season plan" in check.promise]
    assert list(check.problems()) == [problem]
    monkeypatch.setattr(row.plan, "seed_commitment", "0" * 64)
    assert service.verify(row) == ["The seed is not the one committed to before wishes were made."]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_neither_the_session_nor_the_database_changes_an_accepted_plan(plan, change):
    row = seasons.accept(plan)
    statement = {"update": update(PlanRecord).values(digest="0"), "delete": delete(PlanRecord)}[
        change
    ]
    with pytest.raises(ChangeOfHistory), transaction() as session:
        session.execute(statement)
    sql = {
        "update": "UPDATE season_plan_records SET digest = '0'",
        "delete": "DELETE FROM season_plan_records",
    }[change]
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(sql))
    db.session.refresh(row)
    assert service.verify(row) == []


def test_wishes_are_purged_and_the_record_still_agrees(plan, two_days):
    row = seasons.accept(plan)
    purging.purge(clock.now())
    assert count(PlannedPupil) == 2
    late = two_days[1].last_ends_at + timedelta(days=32)
    assert purging.overdue(late)["wishes of pupils"] == 2

    purging.purge(late)

    assert (count(PlannedPupil), count(Wish), count(Proposal)) == (0, 0, 0)
    assert service.verify(row) == []


def test_wishes_of_a_withdrawn_plan_are_purged_a_month_later(plan):
    with transaction():
        service.withdraw(actor=COMMAND, now=clock.now(), plan=plan, reason="Too early")
    purging.purge(clock.now() + timedelta(days=31))
    assert count(PlannedPupil) == 0


def test_the_command_checks_a_plan_and_solves_it_again(app, plan, monkeypatch):
    runner = app.test_cli_runner()
    nothing = runner.invoke(commands.group, ["verify", plan.slug])
    assert (nothing.exit_code, "no accepted season plan" in nothing.output) == (1, True)
    seasons.accept(plan)
    well = runner.invoke(commands.group, ["verify", plan.slug])
    assert (well.exit_code, "Solved again, it is the same." in well.output) == (0, True)
    monkeypatch.setattr(proposing, "find_spec", lambda name: None)
    alone = runner.invoke(commands.group, ["verify", plan.slug])
    assert (alone.exit_code, "checked but not solved again" in alone.output) == (0, True)
    with transaction():
        request = db.session.scalars(
            select(PlaceRequest).where(PlaceRequest.places_received > 0)
        ).first()
        request.places_received += 1
    badly = runner.invoke(commands.group, ["verify", plan.slug])
    assert (badly.exit_code, "does NOT agree" in badly.output) == (1, True)

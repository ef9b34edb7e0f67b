"""Publishing an event, and what must be right beforehand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import service
from booking.days.events.models import EventState, Sharing
from booking.domain.allocation import draw
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from tests.builders import events, schools


@pytest.fixture
def host(db_session):
    """Provide a host school, open 8:50 to 15:20, in a network with a guest and its terms."""
    schools.make_terms()
    schools.make_school(name="Guest School", low_year=0, high_year=6)
    return schools.make_school(name="Host School", low_year=0, high_year=8)


def publish(event, *, actor=COMMAND, fee_reason=""):
    """Publish in a transaction of its own."""
    with transaction():
        return service.publish(actor=actor, now=clock.now(), event=event, fee_reason=fee_reason)


def draft(host, **details):
    """Return a draft, complete except for what is given."""
    return events.make_event(host=host, published=False, **details)


def refusal_of(event, **how):
    """Return the fields and sentences with which publication is refused; it stays a draft."""
    with pytest.raises(service.EventRefused) as refused:
        publish(event, **how)
    assert event.state is EventState.DRAFT
    return {problem.field: problem.words for problem in refused.value.problems}


def test_publication_fixes_the_address_and_seals_the_lottery(host):
    event = publish(draft(host, title="Bridges & towers: a day!"))

    assert (event.state, event.published_at) == (EventState.PUBLISHED, event.modified_at)
    assert event.slug == "bridges-towers-a-day-2027"
    assert event.seed_commitment == draw.new_commitment(event.seed)


def test_a_title_used_before_gets_a_number(host):
    slugs = [publish(draft(host, title="Puzzle day")).slug for _ in range(3)]

    assert slugs == ["puzzle-day-2027", "puzzle-day-2027-2", "puzzle-day-2027-3"]


@pytest.mark.parametrize("title", ["数学の日", "🙂", "—"])
def test_a_title_without_plain_letters_still_gets_an_address(host, title):
    assert publish(draft(host, title=title)).slug == "event-2027"


def test_every_event_has_a_seed_of_its_own(host):
    first, second = publish(draft(host)), publish(draft(host))

    assert first.seed != second.seed


def test_coordinators_of_the_schools_it_is_for_are_told_once(host, db_session):
    guest = schools.make_school(low_year=5, high_year=8)
    upper = schools.make_school(low_year=9, high_year=13)
    told = schools.make_person(role=Role.COORDINATOR, school=guest)
    schools.grant(told, Role.COORDINATOR, schools.make_school(low_year=0, high_year=6))
    schools.make_person(role=Role.COORDINATOR, school=upper)
    schools.make_person(role=Role.COORDINATOR, school=host)

    publish(draft(host, title="Puzzle day", low_year=5, high_year=6))

    messages = db_session.scalars(select(Message)).all()
    assert [(m.recipient, m.subject) for m in messages] == [
        (told.email, "New: Puzzle day, for Years 5 to 6")
    ]


def test_an_event_is_published_once(host):
    event = events.make_event(host=host)

    with pytest.raises(service.NotADraft):
        publish(event)


@pytest.mark.parametrize(
    ("lacking", "field", "words"),
    [
        ({"concept": ""}, "concept", "Say what pupils will do."),
        ({"led_by": ""}, "led_by", "Say who leads the event."),
        ({"venue": ""}, "venue", "Say where the event is."),
    ],
)
def test_what_is_still_missing_is_asked_for(host, lacking, field, words):
    event = draft(host, **lacking)

    assert refusal_of(event) == {field: words}


@pytest.mark.parametrize(
    ("sharing", "asked"),
    [
        (Sharing.FAIR_ROUND, {"requests_close_at", "naming_close_at"}),
        (Sharing.SET_QUOTAS, {"release_at", "naming_close_at"}),
    ],
)
def test_deadlines_are_asked_for_when_there_is_no_time_to_propose_any(host, sharing, asked):
    soon = events.one_date(clock.now() + timedelta(days=3))
    empty = dict.fromkeys(("requests_close_at", "release_at", "naming_close_at"))

    event = draft(host, sharing=sharing, dates=[soon], **empty)

    assert set(refusal_of(event)) == asked


def test_first_come_needs_a_limit_for_each_school(host):
    event = draft(host, sharing=Sharing.FIRST_COME, cap_per_school=None)

    assert set(refusal_of(event)) == {"cap_per_school"}


def test_a_fee_needs_its_breakdown(host):
    event = draft(host, fee_pence=600, fee_parts=[])

    assert refusal_of(event) == {"fee_parts": "Say where the money goes. Parents will see it."}


def test_a_date_in_the_past_is_refused(host, time_machine):
    event = draft(host)

    time_machine.move_to(event.first_starts_at + timedelta(days=1))

    found = refusal_of(event)
    assert found["dates.starts"] == "This date is in the past."
    assert found["requests_close_at"] == "This time has passed. Choose a later one."


AFTER_SCHOOL = events.one_date(events.london(2027, 4, 28, 16, 0), hours=2)


def charge(host, **details):
    """Return a draft with a costed charge of £5 for each of 12 places, after school."""
    facts = {
        "fee_kind": FeeKind.CHARGE,
        "fee_pence": 500,
        "dates": [AFTER_SCHOOL],
        "cost_lines": (service.CostDetails("Coach", 6000),),
        **details,
    }
    return draft(host, **facts)


def test_a_costed_charge_outside_school_hours_needs_no_reason(host):
    assert publish(charge(host)).state is EventState.PUBLISHED


def test_a_charge_above_cost_needs_a_recorded_reason(host, db_session):
    event = charge(host, fee_pence=600)

    assert "The charge is £6.00 and the cost per pupil is £5.00." in refusal_of(event)["fee_reason"]

    publish(event, fee_reason="Two pupils may drop out.")

    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "publish_event")).one()
    assert (event.fee_reason, entry.reason) == (
        "Two pupils may drop out.",
        "Two pupils may drop out.",
    )


def test_a_charge_without_a_budget_is_refused_whatever_the_reason(host):
    event = charge(host, cost_lines=())

    assert set(refusal_of(event, fee_reason="It is cheap.")) == {"cost_lines"}


SCHOOL_DAY = events.one_date(events.london(2027, 4, 28, 9, 15))


def test_a_host_may_not_charge_in_school_hours(host):
    event = charge(host, dates=[SCHOOL_DAY])
    person = schools.make_person(role=Role.HOST, school=host)

    found = refusal_of(event, actor=schools.actor_of(person), fee_reason="We must.")

    assert "education in school hours may not be charged for" in found["fee_kind"]


def test_the_lead_may_keep_a_charge_in_school_hours_with_a_reason(host):
    event = charge(host, dates=[SCHOOL_DAY])
    lead = schools.actor_of(schools.make_person(role=Role.LEAD))

    assert set(refusal_of(event, actor=lead)) == {"fee_reason"}
    assert publish(event, actor=lead, fee_reason="Independent guests only.").fee_reason


def test_a_charge_in_the_holidays_is_outside_school_hours(host):
    in_august = events.one_date(events.london(2027, 8, 4, 9, 15))

    assert publish(charge(host, dates=[in_august])).state is EventState.PUBLISHED


def test_a_contribution_in_school_hours_needs_nothing(host):
    event = draft(host, fee_pence=600, dates=[SCHOOL_DAY])

    assert publish(event).fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION


def test_details_of_a_draft_can_be_completed_before(host):
    event = draft(host, venue="")
    details = replace(service.details_of(event), venue="Main hall")

    with transaction():
        service.change(actor=COMMAND, now=clock.now(), event=event, details=details)

    assert publish(event).venue == "Main hall"

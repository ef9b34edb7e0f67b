"""Writing an event: the story, then each refusal. A refused event leaves nothing behind."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from booking.days.events import service
from booking.days.events.models import Event, EventState, Sharing
from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from tests.builders import events, schools


@pytest.fixture
def host(db_session):
    """Provide a host school in a network with one guest."""
    schools.make_school(name="Guest School", low_year=0, high_year=6)
    return schools.make_school(name="Host School", low_year=0, high_year=8)


def write(details, *, actor=COMMAND):
    """Write an event in a transaction of its own."""
    with transaction():
        return service.write(actor=actor, now=clock.now(), details=details)


def waits(details):
    """Return what is said when the draft is published; until then it is kept as it was typed."""
    draft = write(details)
    assert service.details_of(draft) == details.settled()
    with pytest.raises(service.EventRefused) as refused, transaction():
        service.publish(actor=COMMAND, now=clock.now(), event=draft)
    assert draft.state is EventState.DRAFT
    return {problem.field: problem.words for problem in refused.value.problems}


def refusal_of(details, *, actor=COMMAND):
    """Return the fields and sentences with which an event is refused; nothing is stored."""
    with pytest.raises(service.EventRefused) as refused:
        write(details, actor=actor)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == 0
    return {problem.field: problem.words for problem in refused.value.problems}


def test_an_event_is_written_as_a_draft_with_everything_that_was_typed(host):
    details = events.event_details(
        host=host,
        fee_pence=600,
        dates=[events.one_date(events.london(2027, 6, day, 9)) for day in (4, 11, 18)],
    )

    event = write(details)

    assert event.state is EventState.DRAFT
    assert service.details_of(event) == details
    assert event.first_starts_at == events.london(2027, 6, 4, 9)
    assert event.last_ends_at == events.london(2027, 6, 18, 14, 30)
    assert [date.number for date in event.dates] == [1, 2, 3]


def test_a_draft_needs_no_more_than_a_title(host):
    details = service.EventDetails(
        title="An idea", host_school_id=host.id, low_year=3, high_year=4, places=0
    )

    event = write(details)

    assert (event.title, event.dates, event.first_starts_at) == ("An idea", [], None)
    assert service.details_of(event) == details


def test_a_draft_that_gets_its_places_later_keeps_nothing_of_how_it_was(host):
    event = write(replace(events.event_details(host=host), places=0, host_places=3))
    assert event.drafted == {"places": 0, "host_places": 3}

    details = events.event_details(host=host)
    with transaction():
        service.change(actor=COMMAND, now=clock.now(), event=event, details=details)

    assert (event.drafted, event.places) == ({}, 12)


def test_writing_is_audited(host, db_session):
    event = write(events.event_details(host=host))

    entry = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "write_event")).one()
    assert (entry.subject_type, entry.subject_id) == ("events", str(event.id))


def test_dates_typed_out_of_order_are_put_in_order(host):
    starts = [events.london(2027, 6, day, 9) for day in (18, 4, 11)]

    event = write(events.event_details(host=host, dates=[events.one_date(at) for at in starts]))

    assert [date.starts_at for date in event.dates] == sorted(starts)


def test_first_come_has_no_turns_and_no_guarantee(host):
    details = events.event_details(host=host, sharing=Sharing.FIRST_COME, guarantee=2)

    event = write(details)

    assert (event.basis, event.guarantee) == (Basis.FIRST_COME, 0)


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"title": ""}, "title", "Enter a title."),
        ({"title": "x" * 121}, "title", "Shorten the title to 120 characters."),
        (
            {"low_year": 6, "high_year": 5},
            "high_year",
            "Choose Year 6 or above, because the highest year is below the lowest.",
        ),
        ({"reply_days": 0}, "reply_days", "Enter a number of school days from 1 to 20."),
        ({"concept": "x" * 5001}, "concept", "Shorten this to 5,000 characters."),
        ({"places": 2001}, "places", "Enter a number from 0 to 2,000."),
        ({"host_places": -1}, "host_places", "Enter a number from 0 to 2,000."),
        ({"guarantee": 5000}, "guarantee", "Enter a number from 0 to 2,000."),
        ({"fee_pence": -1}, "fee_pence", "Enter an amount that is not below zero."),
        (
            {"fee_parts": (FeePart("speaker", 0, Fund.EVENTS),)},
            "fee_parts.pence",
            "Enter an amount above zero.",
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_beside_its_field(host, wrong, field, words):
    details = replace(events.event_details(host=host), **wrong)

    assert refusal_of(details) == {field: words}


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"places": 0}, "places", "Enter how many places there are, from 1 to 2,000."),
        (
            {"low_year": 12, "high_year": 13},
            "low_year",
            "No other school in the network has pupils in these years. Choose other years.",
        ),
        (
            {"guarantee": 3, "cap_per_school": 2},
            "guarantee",
            "No school may have more than 2, so guarantee no more.",
        ),
        (
            {"guarantee": 13},
            "guarantee",
            "Only 12 places are shared, so guarantee no more than that.",
        ),
        (
            {"cap_per_school": 0},
            "cap_per_school",
            "Enter at least 1, or leave this empty for no limit.",
        ),
        (
            {"fee_pence": 600},
            "fee_pence",
            "A free event has no fee. Choose another kind of fee, or enter 0.",
        ),
        ({"fee_kind": FeeKind.CHARGE}, "fee_pence", "Enter the fee per pupil, or choose “Free”."),
    ],
)
def test_what_cannot_be_is_kept_and_said_when_the_draft_is_published(host, wrong, field, words):
    details = replace(events.event_details(host=host), **wrong)

    assert waits(details)[field] == words


def test_parts_that_do_not_sum_to_the_fee_are_refused(host):
    parts = (FeePart("speaker", 340, Fund.EVENTS), FeePart("materials", 110, Fund.EVENTS))

    found = waits(events.event_details(host=host, fee_pence=600, fee_parts=parts))

    assert found == {"fee_parts": "The parts come to £4.50 and the fee is £6.00. Add £1.50."}


def test_an_end_before_the_start_is_refused(host):
    starts_at = events.london(2027, 6, 11, 9)
    date = service.DateDetails(starts_at, starts_at - timedelta(minutes=1))

    found = refusal_of(events.event_details(host=host, dates=[date]))

    assert found == {"dates.ends": "The end must be after the start. Check the times."}


def test_dates_that_overlap_are_refused(host):
    starts_at = events.london(2027, 6, 11, 9)
    dates = [events.one_date(starts_at), events.one_date(starts_at + timedelta(hours=1))]

    found = refusal_of(events.event_details(host=host, dates=dates))

    assert found == {"dates.starts": "This date overlaps with another one."}


def test_deadlines_out_of_order_are_refused(host):
    details = events.event_details(host=host)
    swapped = replace(
        details,
        requests_close_at=details.naming_close_at,
        naming_close_at=details.requests_close_at,
    )

    found = waits(swapped)

    assert found == {
        "naming_close_at": "This must be after the time when requests close. Choose a later time."
    }


def test_naming_that_closes_after_the_event_has_started_is_refused(host):
    details = events.event_details(host=host)
    late = replace(details, naming_close_at=details.first_starts_at + timedelta(hours=1))

    found = waits(late)

    assert found == {
        "naming_close_at": "This is after the event has started. Choose an earlier time."
    }


def test_everything_that_is_wrong_is_said_at_once(host):
    details = replace(events.event_details(host=host), title="", reply_days=0, places=-1)

    assert set(refusal_of(details)) == {"title", "places", "reply_days"}


def test_years_of_a_school_that_left_do_not_count(host):
    leaver = schools.make_school(low_year=9, high_year=13)
    with transaction():
        leaver.left_on = clock.today()

    found = waits(events.event_details(host=host, low_year=12, high_year=13))

    assert set(found) == {"low_year"}


def test_a_host_of_another_school_is_refused(host):
    stranger = schools.make_person(role=Role.HOST, school=schools.make_school())

    found = refusal_of(events.event_details(host=host), actor=schools.actor_of(stranger))

    assert found == {"host_school_id": "Choose a school that you host events for."}


def test_a_draft_can_be_deleted_and_a_published_event_cannot(host, db_session):
    draft, published = events.make_event(host=host, published=False), events.make_event(host=host)

    with transaction():
        service.discard(actor=COMMAND, now=clock.now(), event=draft)
    with pytest.raises(service.EventIsOver), transaction():
        service.discard(actor=COMMAND, now=clock.now(), event=published)

    assert db_session.scalars(select(Event)).all() == [published]

"""What may happen to an event after publication: change, cancel, close, clone."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import announcements, ports, service
from booking.days.events.models import EventState, Sharing
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import transaction
from booking.foundation.notifications.models import Message
from tests.builders import events, schools


@pytest.fixture
def event(db_session):
    """Provide a published event with three dates, in a network with a guest."""
    schools.make_school(name="Guest School", low_year=0, high_year=6)
    starts = [events.london(2027, 5, day, 9, 15) for day in (7, 14, 21)]
    return events.make_event(dates=[events.one_date(at) for at in starts])


def change(event, *, actor=COMMAND, **changes):
    """Change some fields of an event in a transaction of its own."""
    details = replace(service.details_of(event), **changes)
    with transaction():
        return service.change(actor=actor, now=clock.now(), event=event, details=details)


def refusal_of(event, **changes):
    """Return the fields and sentences with which a change is refused; nothing changes."""
    before = service.details_of(event)
    with pytest.raises(service.EventRefused) as refused:
        change(event, **changes)
    assert service.details_of(event) == before
    return {problem.field: problem.words for problem in refused.value.problems}


@pytest.fixture
def told(app):
    """Collect what is announced about changes and cancellations."""
    heard = []
    with ExitStack() as listening:
        for name in ("changed", "cancelled"):
            announcement = getattr(announcements, name)
            listening.enter_context(
                announcement.instead(
                    *announcement.providers,
                    lambda event, name=name, **facts: heard.append((name, facts)),
                )
            )
        yield heard


def test_a_material_change_raises_the_sequence_and_is_announced(event, told):
    assert change(event, venue="Sports hall") == ("venue",)

    assert (event.venue, event.sequence) == ("Sports hall", 1)
    assert event.modified_at > event.published_at
    assert [(name, facts["changes"]) for name, facts in told] == [("changed", ("venue",))]


def test_a_small_change_is_kept_without_a_new_sequence(event):
    change(event, practicalities="Bring wellingtons.")

    assert (event.practicalities, event.sequence) == ("Bring wellingtons.", 0)
    assert event.modified_at > event.published_at


def test_nothing_changed_is_no_change(event, told):
    before = event.modified_at

    assert change(event) == ()
    assert (event.modified_at, told) == (before, [])


def test_the_address_stays_when_the_title_changes(event):
    change(event, title="Another name")

    assert (event.title, event.slug) == ("Another name", "puzzle-day-2027")


def test_a_date_that_moves_keeps_its_number_and_the_others_theirs(event):
    first, second, third = service.details_of(event).dates
    moved = events.one_date(events.london(2027, 5, 28, 9, 15))

    change(event, dates=(first, third, moved))

    numbers = {date.starts_at: date.number for date in event.dates}
    assert numbers == {first.starts_at: 1, third.starts_at: 3, moved.starts_at: 2}
    assert second.starts_at not in numbers


def test_dates_can_be_added_and_taken_away(event):
    first, *_rest = service.details_of(event).dates
    extra = events.one_date(events.london(2027, 6, 4, 9, 15))

    change(event, dates=(first,))
    change(event, dates=(first, extra))

    # Calendars knew the second and third as something else, so their numbers are not used again.
    assert [date.number for date in event.dates] == [1, 4]
    assert [(date.number, date.sequence) for date in event.removed_dates] == [(2, 1), (3, 1)]
    assert event.last_ends_at == extra.ends_at


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sharing": Sharing.FIRST_COME, "cap_per_school": 2}, "sharing"),
        ({"guarantee": 2}, "guarantee"),
        ({"cap_per_school": 2}, "cap_per_school"),
    ],
)
def test_the_rule_of_sharing_is_fixed_at_publication(event, changes, field):
    assert field in refusal_of(event, **changes)


def test_a_published_event_must_stay_complete(event):
    assert refusal_of(event, venue="") == {"venue": "Say where the event is."}


def test_a_new_date_in_the_past_is_refused_but_an_old_one_may_stay(event, time_machine):
    time_machine.move_to(events.london(2027, 5, 10, 12))
    first, second, third = service.details_of(event).dates
    past = events.one_date(events.london(2027, 5, 8, 9, 15))

    assert set(refusal_of(event, dates=(first, past, third))) == {"dates.starts"}
    assert change(event, dates=(first, second)) == ("dates",)


def test_what_higher_features_forbid_is_refused_beside_its_field(event):
    def taken(event, details):
        words = "Schools hold 8 places. Enter 8 or more."
        return [service.Problem("places", words)] if details.places < 8 else []

    with ports.forbidden_changes.instead(taken):
        assert refusal_of(event, places=7) == {"places": "Schools hold 8 places. Enter 8 or more."}
        assert change(event, places=8) == ("places",)


def test_other_hosts_of_the_school_are_told_once_what_changed(event, db_session):
    hosts = [schools.make_person(role=Role.HOST, school=event.host_school) for _ in range(2)]

    change(event, actor=schools.actor_of(hosts[0]), venue="Sports hall", practicalities="None.")

    (message,) = db_session.scalars(select(Message)).all()
    assert (message.recipient, message.subject) == (hosts[1].email, "Changed: Puzzle day")
    assert "has changed: where it is." in message.text


def cancel(event, *, reason="The hall is flooded."):
    """Cancel in a transaction of its own."""
    with transaction():
        return service.cancel(actor=COMMAND, now=clock.now(), event=event, reason=reason)


def test_a_cancelled_event_says_why_and_is_announced_once(event, told):
    cancel(event)

    assert (event.state, event.cancelled_reason) == (
        EventState.CANCELLED,
        "The hall is flooded.",
    )
    assert event.sequence == 1
    assert [name for name, _facts in told] == ["cancelled"]


def test_an_event_is_not_cancelled_without_a_reason(event):
    with pytest.raises(service.ReasonMissing):
        cancel(event, reason="  ")

    assert event.state is EventState.PUBLISHED


def test_an_event_is_cancelled_once(event):
    cancel(event)

    with pytest.raises(service.NotPublished):
        cancel(event)


def test_a_draft_is_not_cancelled(db_session):
    with pytest.raises(service.NotPublished):
        cancel(events.make_event(published=False))


def test_a_cancelled_event_can_no_longer_be_changed(event):
    cancel(event)

    with pytest.raises(service.EventIsOver):
        change(event, venue="Sports hall")


def test_an_event_is_closed_after_its_last_date(event, time_machine):
    with pytest.raises(service.NotOverYet), transaction():
        service.close(actor=COMMAND, now=clock.now(), event=event)

    time_machine.move_to(event.last_ends_at + timedelta(hours=1))
    with transaction():
        service.close(actor=COMMAND, now=clock.now(), event=event)

    assert event.state is EventState.CLOSED


def clone(event):
    """Clone an event in a transaction of its own."""
    with transaction():
        return service.clone(actor=COMMAND, now=clock.now(), event=event)


def test_last_years_event_is_taken_up_again_on_the_same_weekdays(event):
    again = clone(event)

    assert (again.state, again.sequence, again.published_at) == (EventState.DRAFT, 0, None)
    assert again.uid != event.uid
    assert (again.seed, again.seed_commitment) == ("", "")
    before = [date.starts_at.astimezone(LONDON) for date in event.dates]
    after = [date.starts_at.astimezone(LONDON) for date in again.dates]
    assert [at.strftime("%A %H:%M") for at in after] == [at.strftime("%A %H:%M") for at in before]
    assert {(b.date() - a.date()).days for a, b in zip(before, after, strict=True)} == {364}
    assert (again.requests_close_at - event.requests_close_at).days == 364


def test_times_stay_on_the_clock_when_summer_time_moves(db_session, time_machine):
    # Summer time begins on 25 March 2029 and on 31 March 2030: 52 weeks on is the other side.
    time_machine.move_to(events.london(2029, 1, 15, 9))
    event = events.make_event(dates=[events.one_date(events.london(2029, 3, 26, 9, 15))])

    again = clone(event)

    assert again.first_starts_at == events.london(2030, 3, 25, 9, 15)
    assert again.first_starts_at - event.first_starts_at == timedelta(days=364, hours=1)


def test_an_old_event_moves_by_as_many_years_as_it_takes(event, time_machine):
    time_machine.move_to(events.london(2029, 10, 1, 9))

    assert clone(event).first_starts_at > clock.now()


def test_reasons_for_a_charge_are_not_taken_along(event):
    change(event, fee_reason="For this day only.")

    assert clone(event).fee_reason == ""

"""Whether an event has begun, is over, or is live: the same for a page, a rule and a query."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from booking.days.events import states
from booking.days.events.models import Event, EventState
from booking.foundation.db import db
from tests.builders import events, schools

INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
STATES = st.sampled_from(EventState)
MOMENT = timedelta(microseconds=1)


@given(STATES, INSTANTS, INSTANTS, INSTANTS)
def test_an_event_begins_with_its_first_date_and_is_over_after_its_last(state, one, other, now):
    event = Event(state=state, first_starts_at=min(one, other), last_ends_at=max(one, other))

    assert states.has_begun(event, now) == (min(one, other) <= now)
    assert states.is_over(event, now) == (max(one, other) <= now)
    assert states.has_begun(event, now) or not states.is_over(event, now)


@given(STATES, INSTANTS, INSTANTS)
def test_places_change_hands_while_a_published_event_is_yet_to_begin(state, starts_at, now):
    event = Event(state=state, first_starts_at=starts_at, last_ends_at=starts_at)

    assert states.is_live(event, now) == (state is EventState.PUBLISHED and now < starts_at)


@given(INSTANTS)
def test_an_event_without_a_date_has_neither_begun_nor_ended(now):
    event = Event(state=EventState.DRAFT)

    assert not states.has_begun(event, now)
    assert not states.is_over(event, now)


@pytest.mark.parametrize(("at", "is_over"), [(-MOMENT, False), (0 * MOMENT, True), (MOMENT, True)])
def test_a_query_and_a_page_agree_on_the_moment_at_which_an_event_is_over(db_session, at, is_over):
    event = events.make_event(host=schools.make_school(low_year=5, high_year=6))
    now = event.last_ends_at + at

    assert states.is_over(event, now) is is_over
    assert list(db.session.scalars(select(Event).where(states.over(now)))) == [event] * is_over

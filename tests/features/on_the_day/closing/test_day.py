"""Closing the day: what keeps it open, one press, opened again, and who is reminded."""

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.audit.models import AuditEntry
from booking.network.circulars.models import Circular
from booking.on_the_day.closing import ports
from booking.on_the_day.closing.models import DayClosing
from tests.builders import circulars, closing
from tests.builders.events import cancel_event, make_event, one_date
from tests.builders.rosters import expect_pupil
from tests.builders.schools import actor_of, make_person, sign_in
from tests.features.on_the_day.conftest import DAY, at
from tests.page import soup, words

TASK = "Close the day: Puzzle day"


def url(event, page="close"):
    return f"/host/events/{event.slug}/{page}"


def shown(client, address):
    return words(soup(client.get(address)))


def mark_all(client, event):
    """Mark both pupils as here, and count them out."""
    client.post(url(event, "register/rest"), data={"date": "1"})
    client.post(url(event, "counts"), data={"way": "out", "went": "2"})


def closings(db_session):
    db_session.expire_all()
    return db_session.scalars(select(DayClosing).order_by(DayClosing.id)).all()


def test_a_day_is_closed_by_one_press_when_nothing_is_left(
    client, as_host, event, bookings, db_session
):
    person = as_host()
    page = shown(client, url(event))
    assert "Friday 11 June 2027: 2 pupils are not marked." in page
    assert "It can be closed once everything marked “To do” is done." in page
    refused = shown(client, client.post(url(event)).location)
    assert "2 pupils are not marked yet. Complete the register first." in refused
    assert TASK in shown(client, "/host/")

    mark_all(client, event)
    assert "Everybody is marked." in shown(client, url(event))
    after = shown(client, client.post(url(event)).location)

    assert "Closed at 4pm on Friday 11 June 2027 by Harriet Hale" in after
    assert "Until Friday 18 June 2027 the register can still be corrected" in after
    [row] = closings(db_session)
    assert (row.closed_by_id, row.never_marked, row.reopened_at) == (person.id, 0, None)
    assert TASK not in shown(client, "/host/")
    again = shown(client, client.post(url(event)).location)
    assert "Harriet Hale closed this day at 4pm on Friday 11 June 2027 already." in again
    assert len(closings(db_session)) == 1


def test_it_is_opened_again_with_a_reason_while_the_register_is_corrected(
    client, as_host, event, bookings, db_session, time_machine
):
    person = as_host()
    mark_all(client, event)
    closing.close(event, by=actor_of(person))

    assert client.post(url(event, "reopen"), data={"reason": " "}).status_code == 422
    client.post(url(event, "reopen"), data={"reason": "Two pupils were swapped."})
    page = shown(client, url(event))
    assert "Opened again at 4pm on Friday 11 June 2027 Two pupils were swapped." in page
    assert TASK in shown(client, "/host/")
    again = client.post(url(event, "reopen"), data={"reason": "Once more."})
    assert "This day is not closed, or somebody has opened it again already." in again.text

    closing.close(event, by=actor_of(person))
    as_host(days=8)
    assert "Open the day again" not in shown(client, url(event))
    late = client.post(url(event, "reopen"), data={"reason": "Too late."})
    assert "The register could be corrected until Friday 18 June 2027." in late.text
    assert [bool(row.reopened_at) for row in closings(db_session)] == [True, False]
    acts = select(AuditEntry.action).where(AuditEntry.action.in_(["close_day", "reopen_day"]))
    found = db_session.scalars(acts.order_by(AuditEntry.id)).all()
    assert found == ["close_day", "reopen_day", "close_day"]


def test_a_register_that_has_ended_keeps_no_day_open(client, as_host, event, bookings, db_session):
    as_host(days=8)
    page = shown(client, url(event))
    assert "2 pupils are not marked, and its register has ended." in page

    client.post(url(event))

    assert [row.never_marked for row in closings(db_session)] == [2]


def test_what_another_feature_says_keeps_the_day_open(client, as_host, event, db_session):
    blocker = ports.Blocker("22 came and 21 left.", "/host/", "See who is missing")
    as_host()
    with ports.blockers.instead(lambda _event, *, now: [blocker]):
        assert "To do 22 came and 21 left. See who is missing" in shown(client, url(event))
        refused = shown(client, client.post(url(event)).location)

    assert "22 came and 21 left." in refused
    assert closings(db_session) == []


def test_a_series_closes_after_its_last_date_and_a_cancelled_event_never(
    client, as_host, host, school, db_session
):
    series = make_event(title="Series", host=host, dates=[one_date(DAY), one_date(at(7))])
    off = make_event(title="Called off", host=host, dates=[one_date(DAY)])
    for event in (series, off):
        expect_pupil(event=event, school=school)
    cancel_event(off)
    as_host()

    early = shown(client, client.post(url(series)).location)
    assert "The day can be closed once it is over, at 2:30pm on Friday 18 June 2027." in early
    never = shown(client, client.post(url(off)).location)
    assert "This event did not take place, so there is nothing to close." in never
    assert closings(db_session) == []
    tasks = shown(client, "/host/")
    assert "Close the day: Series" not in tasks
    assert "Close the day: Called off" not in tasks


@pytest.mark.parametrize(("days", "told"), [(6, False), (8, True), (70, False)])
def test_the_lead_sees_days_that_nobody_has_closed_for_a_week(
    client, event, bookings, time_machine, days, told
):
    time_machine.move_to(at(days, 16))
    sign_in(client, make_person(role=Role.LEAD))

    assert ("Puzzle day is not closed" in shown(client, "/admin/")) is told


def test_the_thanks_begin_with_who_came_and_what_was_left(
    client, as_host, event, bookings, school, db_session
):
    coordinator = make_person(role=Role.COORDINATOR, school=school, email="carol@ashdale.example")
    as_host()
    mark_all(client, event)
    closing.leave(event, what="A {blue} coat", where="in the hall")

    answer = client.post(url(event, "thanks"))
    [draft] = db_session.scalars(select(Circular)).all()
    assert answer.location == f"/circulars/{draft.public_id}/change"
    assert "2 pupils came, from 1 school." in draft.text
    assert "- A (blue) coat, found in the hall (kept until Friday 9 July 2027)" in draft.text
    assert client.post(url(event, "thanks")).location == answer.location
    assert "Draft" in shown(client, url(event))

    circulars.send(draft, make_person(role=Role.LEAD))
    circulars.work()
    assert "Sent on Friday 11 June 2027" in shown(client, url(event))
    assert coordinator.email

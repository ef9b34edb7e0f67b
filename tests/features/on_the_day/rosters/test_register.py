"""The register: on a phone, without JavaScript, pressed any number of times, only on its days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Role
from booking.domain.registering import Arrival
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.on_the_day.rosters.models import RegisterMark
from tests.builders.events import make_event, one_date
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_person, make_school, sign_in, sign_out
from tests.features.on_the_day.conftest import DAY
from tests.forms_on_pages import sent
from tests.page import soup, words


@pytest.fixture
def booking(event, school):
    return expect_pupil(event=event, school=school, forename="Amara", surname="Okoro")


def url(event):
    return f"/host/events/{event.slug}/register"


def press(client, event, booking, mark, **more):
    return client.post(url(event), data={"booking": booking.public_id, "mark": mark, **more})


def state(booking):
    db.session.expire_all()
    return db.session.get_one(Booking, booking.id).state


def page_words(client, event, query=""):
    return words(soup(client.get(url(event) + query)).find("main"))


def test_a_pupil_is_marked_present(client, as_host, event, booking, db_session):
    person = as_host()

    response = press(client, event, booking, "arrived")

    assert response.status_code == 303
    assert response.location == f"{url(event)}?date=1#pupil-{booking.public_id}"
    assert state(booking) is BookingState.ATTENDED
    mark = db_session.scalars(select(RegisterMark)).one()
    assert (mark.present, mark.arrival, mark.arrival_by_id, mark.arrival_at) == (
        True,
        Arrival.ARRIVED,
        person.id,
        clock.now(),
    )


def test_marks_are_counted_on_the_page(client, as_host, event, school, booking):
    other = expect_pupil(event=event, school=school)
    expect_pupil(event=event, school=school)
    as_host()
    press(client, event, booking, "arrived")
    press(client, event, other, "not_here")

    assert "Expected 3 Here 1 Absent 0 Not here 1 Left 0 To mark 1" in page_words(client, event)


def test_pressing_again_changes_nothing(client, as_host, event, booking, db_session):
    as_host()
    for _ in range(3):
        press(client, event, booking, "not_here")

    assert state(booking) is BookingState.ABSENT
    assert len(db_session.scalars(select(RegisterMark)).all()) == 1
    marked = select(AuditEntry).where(AuditEntry.action == "mark_register")
    assert [entry.facts for entry in db_session.scalars(marked)] == [
        {"date": 1, "aspect": "arrival", "mark": "not_here", "before": None, "overtaken": False}
    ]


def test_a_mark_is_corrected_and_taken_away(client, as_host, event, booking, db_session):
    as_host()
    press(client, event, booking, "not_here")
    press(client, event, booking, "arrived")
    assert state(booking) is BookingState.ATTENDED

    press(client, event, booking, "none")

    assert state(booking) is BookingState.CONFIRMED
    assert db_session.scalars(select(RegisterMark)).all() == []
    press(client, event, booking, "none")
    assert state(booking) is BookingState.CONFIRMED


def test_everybody_else_is_present_in_one_go(client, as_host, event, school, booking):
    other = expect_pupil(event=event, school=school)
    as_host()
    press(client, event, booking, "not_here")

    client.post(url(event) + "/rest", data={"date": "1"})

    assert (state(booking), state(other)) == (BookingState.ABSENT, BookingState.ATTENDED)


def test_everybody_else_of_one_school_leaves_the_other_schools_alone(
    client, as_host, event, school, booking
):
    elsewhere = expect_pupil(event=event, school=make_school())
    as_host()

    response = client.post(url(event) + "/rest", data={"date": "1", "school": school.slug})

    assert response.location == f"{url(event)}?date=1&school={school.slug}"
    assert (state(booking), state(elsewhere)) == (BookingState.ATTENDED, BookingState.CONFIRMED)


def test_the_register_is_narrowed_to_one_school(client, as_host, event, school, booking):
    expect_pupil(event=event, school=make_school(), forename="Bea", surname="Elsewhere")
    as_host()

    assert "Bea Elsewhere" in page_words(client, event)
    narrowed = page_words(client, event, f"?school={school.slug}")
    assert "Amara Okoro" in narrowed
    assert "Bea Elsewhere" not in narrowed


@pytest.mark.parametrize(
    ("days", "hour", "works"),
    [(-1, 23, False), (0, 0, True), (0, 23, True), (7, 23, True), (8, 0, False)],
)
def test_it_is_open_from_that_morning_for_a_week(
    client, as_host, event, booking, days, hour, works
):
    as_host(days=days, hour=hour)

    response = press(client, event, booking, "arrived")

    assert (state(booking) is BookingState.ATTENDED) is works
    if not works:
        shown = words(soup(client.get(response.location)))
        opens_or_closed = "opens on Friday 11" if days < 0 else "closed on Friday 18"
        assert f"This register {opens_or_closed} June 2027." in shown
        assert soup(client.get(url(event))).find(class_="register-buttons") is None


def test_a_pupil_withdrawn_meanwhile_is_refused(client, as_host, event, booking):
    as_host()
    with transaction():
        db.session.get_one(Booking, booking.id).state = BookingState.WITHDRAWN

    response = press(client, event, booking, "arrived")

    assert state(booking) is BookingState.WITHDRAWN
    shown = words(soup(client.get(response.location)))
    assert "This pupil is no longer expected at the event." in shown


def test_another_events_pupil_is_not_found(client, as_host, event, school):
    foreign = expect_pupil(event=make_event(host=make_school()), school=school)
    as_host()

    assert press(client, event, foreign, "arrived").status_code == 404
    assert state(foreign) is BookingState.CONFIRMED


@pytest.mark.parametrize("wrong", [{"mark": "present"}, {"booking": "nobody"}, {"date": "9"}])
def test_what_the_page_does_not_offer_is_not_found(client, as_host, event, booking, wrong):
    as_host()
    data = {"booking": booking.public_id, "mark": "arrived", **wrong}

    assert client.post(url(event), data=data).status_code == 404


def test_looking_marks_nobody(client, as_host, event, booking, db_session):
    as_host()
    client.get(url(event))

    assert db_session.scalars(select(RegisterMark)).all() == []


def test_day_staff_take_the_register_and_the_lead_does_not(client, event, booking, time_machine):
    time_machine.move_to(DAY)
    sign_in(client, make_person(role=Role.LEAD))
    assert client.get(url(event)).status_code == 404
    assert press(client, event, booking, "arrived").status_code == 404
    sign_out(client)
    sign_in(client, make_person(role=Role.DAY_STAFF, event_id=event.id))

    press(client, event, booking, "arrived")

    assert state(booking) is BookingState.ATTENDED


def test_a_series_has_a_register_for_each_date_and_one_state_in_all(
    client, as_host, host, school, time_machine
):
    dates = [one_date(DAY), one_date(DAY + timedelta(days=7))]
    series = make_event(host=host, dates=dates)
    pupil = expect_pupil(event=series, school=school)
    as_host(days=0)
    press(client, series, pupil, "not_here", date="1")
    assert state(pupil) is BookingState.ABSENT
    as_host(days=7)
    assert "Friday 18 June 2027" in page_words(client, series)
    assert "To mark 1" in page_words(client, series)

    press(client, series, pupil, "arrived", date="2")

    assert state(pupil) is BookingState.ATTENDED
    assert "Not here 1" in page_words(client, series, "?date=1")
    press(client, series, pupil, "none", date="2")
    assert state(pupil) is BookingState.ABSENT


def test_the_home_school_sees_who_was_there_with_the_code_to_write(
    client, as_host, event, school, booking, app
):
    coordinator = make_person(role=Role.COORDINATOR, school=school)
    expect_pupil(event=event, school=make_school(), forename="Bea", surname="Elsewhere")
    as_host()
    press(client, event, booking, "arrived")
    browser = app.test_client()
    sign_in(browser, coordinator)

    section = words(soup(browser.get(f"/school/events/{event.slug}/")).find(id="attendance"))

    assert "Amara Okoro Here 9:00: code V" in section
    assert "Bea" not in section


def test_a_long_register_takes_as_many_queries_as_a_short_one(
    client, as_host, event, host, school, booking, count_queries
):
    larger = make_event(host=host, dates=[one_date(DAY)])
    for _ in range(5):
        expect_pupil(event=larger, school=make_school())
    as_host()
    client.get(url(event))
    with count_queries() as short:
        client.get(url(event))
    with count_queries() as long:
        client.get(url(larger))

    assert len(short) == len(long)


def test_two_helpers_mark_different_pupils_from_pages_opened_before(
    app, client, as_host, host, event, school, booking
):
    other = expect_pupil(event=event, school=school, forename="Bola", surname="Okoro")
    as_host()
    helper = app.test_client()
    sign_in(helper, make_person(role=Role.HOST, school=host))
    forms = {
        browser: [
            sent(form) for form in soup(browser.get(url(event))).select("form.register-buttons")
        ]
        for browser in (client, helper)
    }
    for browser, number, mark in ((client, 0, "arrived"), (helper, 1, "not_here")):
        answer = browser.post(url(event), data={**forms[browser][number], "mark": mark})
        assert answer.status_code == 303

    assert (state(booking), state(other)) == (BookingState.ATTENDED, BookingState.ABSENT)


def test_an_old_page_may_mark_a_pupil_again_and_again(client, as_host, event, booking):
    as_host()
    [form] = soup(client.get(url(event))).select("form.register-buttons")

    for mark in ("present", "absent", "arrived"):
        client.post(url(event), data={**sent(form), "mark": mark})

    assert state(booking) is BookingState.ATTENDED

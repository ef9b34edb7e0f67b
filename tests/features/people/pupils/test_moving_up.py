"""Everybody moves up a year in September, except those already there; a day is left to undo it."""

import re
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.people.pupils import queries, service
from booking.people.pupils.models import MovedPupil, Pupil, YearMove
from booking.people.pupils.service import years
from booking.people.schools.models import School
from tests.builders.events import make_event, one_date
from tests.builders.places import make_booking
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_person, make_school, sign_in
from tests.page import soup, words

AUGUST = datetime(2027, 8, 27, 9, 0, tzinfo=LONDON)
SEPTEMBER = datetime(2027, 9, 3, 9, 0, tzinfo=LONDON)
#: As a school's system writes it in August, in next year's year groups.
AUGUST_FILE = b"Forename,Surname,Year\r\nNew,Reception,R\r\nNewcomer,Three,3\r\nAmara,Okoro,6\r\n"


def text_of(response) -> str:
    return words(soup(response).find("main"))


@pytest.fixture
def school(db_session) -> School:
    return make_school(name="Ashdale Primary School", low_year=0, high_year=6)


def move_up(school: School, **asked) -> service.MovedUp:
    with transaction():
        return service.move_up(actor=COMMAND, now=clock.now(), school=school, **asked)


def undo(school: School) -> service.MoveUndone:
    with transaction():
        return years.undo(actor=COMMAND, now=clock.now(), school=school)


def settle() -> int:
    with transaction():
        return years.settle_moves(clock.now())


def listed(school: School) -> dict[str, tuple[int, str | None, str]]:
    db.session.rollback()
    return {
        one.forename: (one.year_group, one.school_year, one.class_name)
        for one in queries.everybody(school.id)
    }


def seen_on(page) -> str:
    return re.search(r'name="seen" value="([^"]*)"', page.get_data(as_text=True))[1]


def press(client, **more):
    page = client.get("/school/pupils/new-year")
    return client.post("/school/pupils/new-year", data={"seen": seen_on(page), **more})


def import_file(client, content=AUGUST_FILE, **answers):
    file = {"file": (BytesIO(content), "pupils.csv")}
    preview = client.post("/school/pupils/import", data=file).get_data(as_text=True)
    rows = re.search(r'name="rows"[^>]*value="([^"]*)"', preview)[1]
    shown = re.search(r'name="shown_year"[^>]*value="([^"]*)"', preview)[1]
    data = {"rows": rows, "shown_year": shown, "school_year": shown, **answers}
    return preview, client.post("/school/pupils/import/yes", data=data)


def test_pupils_imported_in_august_in_next_years_years_stay_where_they_are(
    client, school, time_machine
):
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=5)
    time_machine.move_to(AUGUST)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))
    preview, _ = import_file(client)
    assert "2027/28" in preview
    time_machine.move_to(SEPTEMBER)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))

    press(client)

    assert {name: year for name, (year, _, _) in listed(school).items()} == {
        "Amara": 6,
        "New": 0,
        "Newcomer": 3,
    }


def test_with_another_school_year_the_check_is_shown_again_before_anything_is_saved(
    client, school, time_machine
):
    make_pupil(school=school, forename="Amara", surname="Okoro", year_group=6)
    time_machine.move_to(AUGUST)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))

    _, answer = import_file(client, school_year="2026/27")

    assert answer.status_code == 200
    assert "Check the import" in text_of(answer)
    assert list(listed(school)) == ["Amara"]
    shown = answer.get_data(as_text=True)
    rows = re.search(r'name="rows"[^>]*value="([^"]*)"', shown)[1]
    year = {"school_year": "2026/27", "shown_year": "2026/27"}
    client.post("/school/pupils/import/yes", data={"rows": rows, **year})
    assert listed(school)["Newcomer"] == (3, "2026/27", "")
    assert listed(school)["Amara"][:2] == (6, "2026/27")


def test_the_page_counts_before_and_after_and_names_who_leaves(client, school, time_machine):
    for name, year in (("Amara", 5), ("Bea", 6), ("Cy", 5)):
        make_pupil(school=school, forename=name, surname="Okoro", year_group=year)
    time_machine.move_to(SEPTEMBER)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))
    make_pupil(school=school, forename="Dot", surname="Okoro", year_group=5)

    page = text_of(client.get("/school/pupils/new-year"))

    for row in (
        "Year 5, 2026/27 2 pupils Move to Year 6",
        "Year 6, 2026/27 1 pupil Leave your school",
        "Year 5, 2027/28 1 pupil Stay",
        "Year 5 3 1",
        "Year 6 1 2",
        "Leave your school 1",
        "Bea Okoro",
    ):
        assert row in page


def test_a_ticked_pupil_stays_for_another_year_and_is_not_moved_later(client, school, time_machine):
    make_pupil(school=school, forename="Amara", year_group=5)
    staying = make_pupil(school=school, forename="Bea", year_group=5).public_id
    time_machine.move_to(SEPTEMBER)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))

    press(client, ticked=[staying])

    assert listed(school) == {"Amara": (6, "2027/28", ""), "Bea": (5, "2027/28", "")}


def test_a_list_that_changed_after_it_was_shown_is_shown_again(client, school, time_machine):
    make_pupil(school=school, forename="Amara", year_group=5)
    time_machine.move_to(SEPTEMBER)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))
    seen = seen_on(client.get("/school/pupils/new-year"))
    make_pupil(school=school, forename="Bea", year_group=1)

    answer = client.post("/school/pupils/new-year", data={"seen": seen})

    assert answer.status_code == 422
    assert "Your list has changed since this page was opened." in text_of(answer)
    assert listed(school)["Amara"] == (5, "2026/27", "")


def test_twice_pressed_is_once(client, school, time_machine):
    make_pupil(school=school, forename="Amara", year_group=2)
    time_machine.move_to(SEPTEMBER)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))
    data = {"seen": seen_on(client.get("/school/pupils/new-year"))}

    client.post("/school/pupils/new-year", data=data)
    again = client.post("/school/pupils/new-year", data=data)

    assert "already moved up for 2027/28" in words(soup(client.get(again.location)))
    assert listed(school) == {"Amara": (3, "2027/28", "")}


def test_for_a_day_everybody_is_put_back_as_before(client, school, time_machine):
    make_pupil(school=school, forename="Amara", year_group=5)
    make_pupil(school=school, forename="Bea", year_group=6)
    with transaction():
        for pupil in queries.everybody(school.id):
            pupil.class_name, pupil.admission_number = "Oak", f"A{pupil.id}"
    before = listed(school)
    time_machine.move_to(SEPTEMBER)
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))
    press(client)
    assert "Bea" not in listed(school)

    client.post("/school/pupils/new-year/undo")

    assert listed(school) == before
    db.session.rollback()
    assert {p.admission_number for p in queries.to_compare(school.id)} == {
        f"A{p.id}" for p in queries.everybody(school.id)
    }
    assert db.session.query(MovedPupil).count() == db.session.query(YearMove).count() == 0
    press(client)
    assert listed(school) == {"Amara": (6, "2027/28", "")}


def test_undoing_leaves_alone_whom_somebody_changed_since(school, time_machine):
    for name in ("Amara", "Bea", "Cy"):
        make_pupil(school=school, forename=name, surname="Ng", year_group=4)
    time_machine.move_to(SEPTEMBER)
    move_up(school)
    with transaction():
        by_name = {pupil.forename: pupil for pupil in queries.everybody(school.id)}
        by_name["Amara"].class_name = "5B"
        service.remove_pupil(actor=COMMAND, now=clock.now(), pupil=by_name["Bea"])

    done = undo(school)

    assert (done.restored, done.changed_since) == (1, ("Amara Ng", "Bea Ng"))
    assert listed(school) == {"Amara": (5, "2027/28", "5B"), "Cy": (4, "2026/27", "")}


def test_after_a_day_it_stands(school, time_machine):
    make_pupil(school=school, forename="Amara", year_group=4)
    time_machine.move_to(SEPTEMBER)
    move_up(school)
    assert settle() == 0
    time_machine.move_to(SEPTEMBER + timedelta(days=1))

    with pytest.raises(service.NothingToUndo):
        undo(school)

    assert settle() == 1
    assert settle() == 0
    assert db.session.query(MovedPupil).count() == 0
    assert listed(school) == {"Amara": (5, "2027/28", "")}


def test_it_is_undone_once(school, time_machine):
    make_pupil(school=school, year_group=4)
    time_machine.move_to(SEPTEMBER)
    move_up(school)
    undo(school)
    with pytest.raises(service.NothingToUndo):
        undo(school)


def test_those_who_leave_keep_their_places_until_it_cannot_be_undone_any_more(school, time_machine):
    time_machine.move_to(SEPTEMBER - timedelta(days=60))
    event = make_event(low_year=6, high_year=6, dates=[one_date(SEPTEMBER + timedelta(days=30))])
    pupil = make_pupil(school=school, year_group=6)
    with transaction():
        pupil = db.session.get_one(Pupil, pupil.id)
        pupil.admission_number = "A1"
    booking_id = make_booking(event=event, school=school, pupil=pupil).id
    time_machine.move_to(SEPTEMBER)
    move_up(school)
    assert state_of(booking_id) is BookingState.INVITED

    time_machine.move_to(SEPTEMBER + timedelta(days=1, hours=1))
    settle()

    assert state_of(booking_id) is BookingState.WITHDRAWN
    assert queries.by_public_id(pupil.public_id).admission_number is None


def state_of(booking_id: int) -> BookingState:
    db.session.rollback()
    return db.session.get_one(Booking, booking_id).state


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.integers(min_value=0, max_value=6),
            st.sampled_from([None, "2025/26", "2026/27", "2027/28"]),
            st.sampled_from(["", "Oak"]),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_undoing_restores_exactly_whoever_was_on_the_list(app, db_session, time_machine, pupils):
    time_machine.move_to(SEPTEMBER)
    school = make_school(low_year=0, high_year=6)
    with transaction():
        for number, (year_group, school_year, class_name, _) in enumerate(pupils):
            db.session.add(
                Pupil(
                    school_id=school.id,
                    forename=f"P{number}",
                    surname="Ng",
                    year_group=year_group,
                    school_year=school_year,
                    class_name=class_name,
                )
            )
    before = listed(school)
    ids = {one.forename: one.public_id for one in queries.everybody(school.id)}
    ticked = [ids[f"P{number}"] for number, (*_, tick) in enumerate(pupils) if tick]

    move_up(school, ticked=ticked)
    assert {year for _, year, _ in listed(school).values()} <= {"2027/28"}
    undo(school)

    assert listed(school) == before


def test_the_example_of_august_is_read_as_the_next_school_year(school, time_machine):
    time_machine.move_to(AUGUST)
    assert years.year_of_lists(clock.now()) == "2027/28"
    assert make_pupil(school=school, year_group=0).school_year == "2027/28"
    time_machine.move_to(datetime(2027, 7, 1, tzinfo=LONDON))
    assert years.year_of_lists(clock.now()) == "2026/27"

"""A school says who accompanies its pupils, and how the host can ring them."""

import pytest

from booking.domain.permissions import Role
from booking.on_the_day.rosters import queries, service
from tests.builders.places import hold
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import make_person, make_school, sign_in
from tests.page import soup, words


@pytest.fixture
def coordinator(client, event, school):
    hold(event, school)
    person = make_person(role=Role.COORDINATOR, school=school)
    sign_in(client, person)
    return person


def url(event):
    return f"/school/events/{event.slug}/adults"


def add(client, event, name="Sam Lane", mobile="07700 900321"):
    return client.post(url(event), data={"name": name, "mobile": mobile})


def entered(event, school):
    return [(adult.name, adult.mobile) for adult in queries.adults(event.id, school.id)]


def test_an_adult_is_entered_with_a_mobile(client, event, school, coordinator):
    assert add(client, event).location == url(event)

    assert entered(event, school) == [("Sam Lane", "+447700900321")]
    assert "Sam Lane 07700 900321" in words(soup(client.get(url(event))).find("table"))


def test_the_same_name_again_changes_the_number(client, event, school, coordinator):
    add(client, event)
    add(client, event, name="sam lane", mobile="+44 7700 900654")

    assert entered(event, school) == [("Sam Lane", "+447700900654")]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"name": ""}, "Enter the adult’s name."),
        ({"name": "A" * 81}, "at most 80 characters"),
        ({"mobile": ""}, "Enter a mobile number"),
        ({"mobile": "999"}, "is not a telephone number"),
    ],
)
def test_an_adult_is_refused_beside_the_field(client, event, school, coordinator, wrong, error):
    response = add(client, event, **wrong)

    assert response.status_code == 422
    assert error in words(soup(response).find("main"))
    assert entered(event, school) == []


def test_there_is_an_end_to_adults(client, event, school, coordinator):
    for number in range(service.ADULTS_MAX):
        bring_adult(event=event, school=school, name=f"Adult {number}")

    assert "at most 10 adults" in words(soup(add(client, event)))
    assert len(entered(event, school)) == service.ADULTS_MAX


def test_a_school_without_places_sends_nobody(client, event, db_session):
    school = make_school()
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))

    response = add(client, event)

    assert response.status_code == 422
    assert "Your school has no places at this event." in words(soup(response))


def test_an_adult_is_taken_off(client, event, school, coordinator):
    adult = bring_adult(event=event, school=school)

    response = client.post(f"/school/adults/{adult.public_id}/remove")

    assert response.location == url(event)
    assert entered(event, school) == []


def test_another_schools_adult_is_not_found(client, event, coordinator, db_session):
    other = make_school()
    hold(event, other)
    adult = bring_adult(event=event, school=other)

    assert client.post(f"/school/adults/{adult.public_id}/remove").status_code == 404
    assert adult.name not in words(soup(client.get(url(event))))
    assert len(entered(event, other)) == 1


def test_the_schools_page_of_the_event_leads_there(client, event, school, coordinator):
    page = words(soup(client.get(f"/school/events/{event.slug}/")).find("main"))
    assert "Say who will accompany your pupils" in page
    bring_adult(event=event, school=school)

    page = words(soup(client.get(f"/school/events/{event.slug}/")).find("main"))
    assert "Accompanied by Sam Lane." in page


def test_a_pupil_expected_soon_makes_naming_adults_a_task(client, event, school, time_machine):
    from tests.features.on_the_day.conftest import at

    expect_pupil(event=event, school=school)
    person = make_person(role=Role.COORDINATOR, school=school)
    task = "Say who will accompany your pupils to Puzzle day"
    time_machine.move_to(at(-15))
    sign_in(client, person)
    assert task not in words(soup(client.get("/school/")))
    time_machine.move_to(at(-13))
    sign_in(client, person)
    assert task in words(soup(client.get("/school/")))

    bring_adult(event=event, school=school)

    assert task not in words(soup(client.get("/school/")))

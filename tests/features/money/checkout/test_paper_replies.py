"""Paper slips typed in many at a time: what is recorded, what is refused, and by whom."""

import pytest
from sqlalchemy import select

from booking.days.places import queries as place_queries
from booking.days.questions.models import QuestionAnswer
from booking.domain.booking_states import BookingState
from booking.domain.needs import Diet
from booking.domain.permissions import PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout
from booking.money.checkout.models import Consent, Needs
from booking.people.pupils.details import ParentDetails
from tests.builders import events, places, pupils, schools
from tests.builders.checkout import answers
from tests.builders.questions import ask
from tests.page import check_page, soup, words

pytestmark = pytest.mark.usefixtures("db_session")
NUMBER = "07700 900123"


@pytest.fixture
def school():
    return schools.make_school()


@pytest.fixture
def event(school):
    made = events.make_event(places=8)
    places.allot(made, {school: 6})
    return made


@pytest.fixture
def coordinator(client, school):
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=school))
    return client


def name(event, school, forename, phone=NUMBER):
    parent = ParentDetails(f"Mrs {forename}", "", phone)
    pupil = pupils.make_pupil(school=school, forename=forename, surname="Byron", parents=[parent])
    return places.name(event, school, pupil)


def address(event):
    return f"/school/events/{event.slug}/paper-replies"


def as_shown(page):
    """What the page sends as it is: every field with what is filled in."""
    form = page.find("form", attrs={"data-private": True})
    sent = []
    for field in form.select("input[name], textarea[name]"):
        if field.get("type") in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        sent.append((field["name"], field.get("value") or field.text))
    for choice in form("select"):
        chosen = choice.find("option", selected=True)
        sent.append((choice["name"], chosen["value"] if chosen else ""))
    return sent


def fill(sent, booking, **told):
    """Replace what a row of the page sends."""
    names = {f"slip-{booking.public_id}-{field}": value for field, value in told.items()}
    return [(n, v) for n, v in sent if n not in names] + list(names.items())


def post(client, event, sent):
    data = {}
    for field, value in sent:
        data.setdefault(field, []).append(value)
    return client.post(address(event), data=data)


def fresh(booking):
    db.session.rollback()
    return place_queries.booking_by_public_id(booking.public_id)


def test_slips_are_recorded_together_and_leave_the_list(coordinator, school, event):
    ada, ben, cai = (name(event, school, each) for each in ("Ada", "Ben", "Cai"))
    size = ask(event)
    page = check_page(coordinator.get(address(event)))
    assert [words(tag).split(",")[0] for tag in page.select("fieldset.slip > legend")] == [
        "Ada Byron",
        "Ben Byron",
        "Cai Byron",
    ]
    assert f"no photos; home with the school; ring Mrs Ada, {NUMBER}" in words(page)

    sent = fill(as_shown(page), ada, agreed="yes", **{f"asked-q{size.public_id}": "1"})
    sent = fill(sent, ben, agreed="no")
    response = post(coordinator, event, sent)

    assert (response.status_code, response.location) == (303, address(event))
    assert [fresh(each).state for each in (ada, ben, cai)] == [
        BookingState.CONFIRMED,
        BookingState.DECLINED,
        BookingState.INVITED,
    ]
    consents = db.session.scalars(select(Consent).order_by(Consent.booking_id)).all()
    assert [(one.given_by, one.given, one.channel) for one in consents] == [
        ("Mrs Ada", True, "paper"),
        ("Mrs Ben", False, "paper"),
    ]
    assert all(one.recorded_by_id for one in consents)
    needs = db.session.get_one(Needs, ada.id)
    assert (needs.health, needs.diets, needs.emergency_phone) == (None, [], "+447700900123")
    [answered] = db.session.scalars(select(QuestionAnswer))
    assert (answered.booking_id, answered.in_words) == (ada.id, "M")
    left = soup(coordinator.get(address(event)))
    assert "2 paper replies have been recorded." in words(left)
    assert len(left.select("fieldset.slip")) == 1


def test_a_row_that_will_not_do_stays_with_its_error_and_the_others_are_saved(
    coordinator, school, event
):
    ada, ben, cai = (name(event, school, each) for each in ("Ada", "Ben", "Cai"))
    sent = as_shown(soup(coordinator.get(address(event))))
    sent = fill(sent, ada, agreed="yes", diets="vegetarian", access="Step-free")
    sent = fill(sent, ben, agreed="yes", emergency_phone="12", health="Carries an inhaler")
    sent = fill(sent, cai, health="Nuts")

    response = post(coordinator, event, sent)

    assert response.status_code == 422
    page = check_page(response)
    assert [fresh(each).state for each in (ada, ben, cai)] == [
        BookingState.CONFIRMED,
        BookingState.INVITED,
        BookingState.INVITED,
    ]
    assert db.session.get_one(Needs, ada.id).diets == [Diet.VEGETARIAN]
    said = words(page)
    assert "1 paper reply has been recorded." in said
    assert "is not a telephone number" in said
    assert "Choose yes or no, or take out what you typed." in said
    assert "Carries an inhaler" in [tag.text.strip() for tag in page("textarea")]
    assert len(page.select("fieldset.slip")) == 2

    again = fill(as_shown(page), ben, emergency_phone=NUMBER)
    again = fill(again, cai, health="")
    assert post(coordinator, event, again).status_code == 303
    assert fresh(ben).state is BookingState.CONFIRMED


def test_an_answer_that_came_meanwhile_stands_and_is_said(coordinator, school, event):
    ada, ben = (name(event, school, each) for each in ("Ada", "Ben"))
    sent = as_shown(soup(coordinator.get(address(event))))
    with transaction():
        checkout.answer(actor=PARENT, now=clock.now(), booking=ada, answers=answers())

    sent = fill(fill(sent, ada, agreed="no"), ben, agreed="yes")
    assert post(coordinator, event, sent).status_code == 303

    assert [fresh(each).state for each in (ada, ben)] == [BookingState.CONFIRMED] * 2
    said = words(soup(coordinator.get(f"/school/events/{event.slug}/")))
    assert "Answered meanwhile, so what you typed was not recorded: Ada Byron." in said
    assert len(db.session.scalars(select(Consent)).all()) == 2


def test_nobody_agrees_to_an_event_that_moved_and_nothing_chosen_is_said(
    coordinator, school, event
):
    ada = name(event, school, "Ada")
    sent = as_shown(soup(coordinator.get(address(event))))
    assert "at least one pupil" in words(soup(post(coordinator, event, sent)))

    old = [(n, "before" if n == "read" else v) for n, v in fill(sent, ada, agreed="yes")]
    response = post(coordinator, event, old)

    assert response.status_code == 422
    assert "The event has changed since this page was opened" in words(soup(response))
    assert fresh(ada).state is BookingState.INVITED


def test_the_page_takes_as_many_queries_for_six_as_for_one(
    coordinator, school, event, count_queries
):
    name(event, school, "Ada")
    coordinator.get(address(event))
    with count_queries() as one:
        coordinator.get(address(event))
    for each in ("Ben", "Cai", "Dai"):
        name(event, school, each)
    with count_queries() as four:
        coordinator.get(address(event))
    assert len(four) == len(one)

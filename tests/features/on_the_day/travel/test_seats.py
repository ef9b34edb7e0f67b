"""Seats in another school's bus: never more promised than there are, and all are told."""

import pytest

from booking.domain.permissions import Role
from booking.on_the_day.travel import queries
from booking.on_the_day.travel import service as travel_service
from booking.on_the_day.travel.models import SeatState
from tests.builders import events, travel
from tests.builders.places import hold
from tests.builders.schools import as_, make_person, make_school
from tests.builders.stored import again
from tests.features.on_the_day.travel.test_plan import main, move, url
from tests.page import soup, words


@pytest.fixture
def bus(event, other, browsers):
    """Birchwood's minibus, with three seats for others."""
    return travel.plan(event, other, seats=3, gets_on="Mill Lane")


def post(browser, share, act):
    """Press a button; return the answer with what is said on the page that follows."""
    return browser.post(f"/school/seats/{share.public_id}/{act}", follow_redirects=True)


def said(response):
    return words(soup(response))


def home(browser):
    return main(browser.get("/school/"))


def state(share):
    return again(share).state


def test_seats_are_offered_asked_for_and_confirmed(event, school, browsers, bus, mails):
    page = main(browsers["ashdale"].get(url(event)))
    assert "Birchwood School: 3 seats left" in page
    assert "Ben Birch" in page
    assert "office 07700 900111" in page
    assert "900888" not in page, "a coordinator’s own mobile is not for other schools"

    asked = browsers["ashdale"].post(f"/school/buses/{bus.public_id}/ask", data={"wanted": "2"})
    assert asked.location == url(event)
    assert mails("birchwood") == 1
    assert "Answer Ashdale Primary School: 2 seats in your bus" in home(browsers["birchwood"])
    assert "Catherine Obi" in main(browsers["birchwood"].get(url(event)))
    [share] = queries.given(bus.id)
    post(browsers["birchwood"], share, "confirm")

    assert mails("ashdale") == 1
    assert queries.by_school(event.id)[school.id].how == "With Birchwood School"
    news = "Read about your 2 seats in the bus of Birchwood School"
    assert news in home(browsers["ashdale"])
    post(browsers["ashdale"], share, "read")
    assert news not in home(browsers["ashdale"])
    assert "2 of 3 seats promised." in main(browsers["birchwood"].get(url(event)))


def test_nobody_is_promised_a_seat_that_is_not_there(app, event, school, browsers, bus):
    address = f"/school/buses/{bus.public_id}/ask"
    refused = browsers["ashdale"].post(address, data={"wanted": "4"})
    assert refused.status_code == 422
    assert "Only 3 seats left." in main(refused)
    third = make_school(name="Corley School")
    hold(event, third)
    first, second = travel.ask(bus, school), travel.ask(bus, third)

    assert "has been told that it has the seats" in said(
        post(browsers["birchwood"], first, "confirm")
    )
    assert "Only 1 seat left." in said(post(browsers["birchwood"], second, "confirm"))
    assert state(second) is SeatState.ASKED
    again_asked = browsers["ashdale"].post(address, data={"wanted": "1"})
    assert "Your school has asked already." in main(again_asked)
    fewer = browsers["birchwood"].post(url(event), data={"mode": "minibus", "seats": "1"})
    assert "You have promised 2 seats to other schools." in main(fewer)
    assert list(travel_service.problems()) == []


def test_either_school_can_undo_it_and_the_other_is_told(event, school, browsers, bus, mails):
    share = travel.confirm(travel.ask(bus, school))
    told = mails("ashdale")

    post(browsers["birchwood"], share, "take-back")
    assert (state(share), mails("ashdale")) == (SeatState.TAKEN_BACK, told + 1)
    assert "No seats with Birchwood School: find another way" in home(browsers["ashdale"])
    assert "Somebody has changed this meanwhile" in said(
        post(browsers["birchwood"], share, "confirm")
    )

    share, told = travel.ask(bus, school), mails("birchwood")
    post(browsers["ashdale"], share, "give-back")
    assert (state(share), mails("birchwood")) == (SeatState.WITHDRAWN, told + 1)

    share, told = travel.ask(bus, school), mails("ashdale")
    post(browsers["birchwood"], share, "decline")
    assert (state(share), mails("ashdale")) == (SeatState.DECLINED, told + 1)
    for act, browser in (("confirm", "ashdale"), ("give-back", "birchwood")):
        assert post(browsers[browser], share, act).status_code == 404


def test_whoever_sits_in_the_bus_hears_that_it_changes_moves_or_goes(
    event, school, browsers, bus, mails
):
    share = travel.confirm(travel.ask(bus, school))
    post(browsers["ashdale"], share, "read")
    told = mails("ashdale")
    as_it_is = {"mode": "minibus", "seats": "3", "gets_on": "Mill Lane"}

    browsers["birchwood"].post(url(event), data={**as_it_is, "base_name": "Olu Office"})
    assert mails("ashdale") == told, "who answers the telephone there changes nothing for them"
    browsers["birchwood"].post(url(event), data={**as_it_is, "leaves": "08:10"})
    assert mails("ashdale") == told + 1
    assert "Read about your 2 seats" in home(browsers["ashdale"])
    move(event, days=7)
    assert mails("ashdale") == told + 2
    browsers["birchwood"].post(url(event), data={"mode": "walking"})
    assert (state(share), mails("ashdale")) == (SeatState.TAKEN_BACK, told + 3)
    assert queries.by_school(event.id).keys() == {bus.school_id}


def test_a_cancelled_event_ends_the_seats_and_tells_whoever_had_them(
    event, school, browsers, bus, mails
):
    share = travel.confirm(travel.ask(bus, school))
    told = mails("ashdale")

    events.cancel_event(event)

    assert (state(share), mails("ashdale")) == (SeatState.CALLED_OFF, told + 1)
    assert "are off: the event is cancelled" in home(browsers["ashdale"])


def test_only_schools_that_come_see_who_has_seats_and_may_ask(app, event, browsers, bus):
    stranger = as_(app, make_person(role=Role.COORDINATOR, school=make_school()))

    page = words(soup(stranger.get(url(event))))
    assert "Birchwood" not in page
    refused = stranger.post(f"/school/buses/{bus.public_id}/ask", data={"wanted": "1"})
    assert refused.status_code == 422
    assert "Birchwood" not in main(refused)
    own = browsers["birchwood"].post(f"/school/buses/{bus.public_id}/ask", data={"wanted": "1"})
    assert own.status_code == 404
    assert queries.given(bus.id) == []

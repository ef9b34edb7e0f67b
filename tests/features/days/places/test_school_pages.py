"""The coordinator's pages: home, one event, and what is answered when something is wrong."""

from datetime import timedelta

import pytest

from booking.days.events.models import Sharing
from booking.days.places import queries
from booking.days.places import service as places
from booking.days.places.models import OfferState
from booking.domain import terms
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.pupils.details import ParentDetails
from tests.builders import events, pupils, schools
from tests.builders import places as build
from tests.page import check_page, soup, words

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def school(db_session):
    return schools.make_school(name="Ashdale Primary School")


@pytest.fixture
def event(school):
    event = events.make_event(places=6)
    build.allot(event, {school: 2})
    return event


@pytest.fixture
def coordinator(client, school):
    person = schools.make_person(role=Role.COORDINATOR, school=school)
    schools.sign_in(client, person)
    return client


def fresh_of(booking):
    return queries.booking_by_public_id(booking.public_id)


def page_of(event):
    return f"/school/events/{event.slug}/"


def post(client, url, **data):
    return client.post(url, data=data)


def test_home_says_what_needs_doing_and_where_places_stand(coordinator, school, event):
    build.name(event, school)
    open_event = events.make_event(title="Chess day")
    page = check_page(coordinator.get("/school/"))
    titles = [words(tag) for tag in page.select(".task-title")]
    assert sorted(titles) == [
        "1 parent has not replied about Puzzle day",
        f"Ask for places at {open_event.title}, if you would like some",
        "Name 1 pupil for Puzzle day",
    ]
    row = [words(cell) for cell in page.select("tbody tr > *")]
    assert row[2:6] == ["2", "2", "1", "0"]


def test_home_of_a_new_school_says_what_to_do_next(coordinator):
    page = check_page(coordinator.get("/school/"))
    assert "No places yet" in words(page.main)
    assert "Add your pupils" in words(page.main)


def test_home_keeps_past_events_apart(coordinator, school, event, time_machine):
    assert event.title in words(check_page(coordinator.get("/school/")).main)
    assert event.title not in words(check_page(coordinator.get("/school/?past=1")).main)


def test_a_coordinator_of_two_schools_changes_from_one_to_the_other(client, school):
    other = schools.make_school(name="Willow Park School")
    person = schools.make_person(role=Role.COORDINATOR, school=school)
    schools.grant(person, Role.COORDINATOR, other)
    schools.sign_in(client, person)
    assert words(client.get("/school/").text and check_page(client.get("/school/")).h1) == (
        "Ashdale Primary School"
    )
    assert post(client, "/school/choose", school=other.slug).status_code == 303
    assert words(check_page(client.get("/school/")).h1) == "Willow Park School"
    stranger = schools.make_school()
    assert post(client, "/school/choose", school=stranger.slug).status_code == 404


def test_places_are_asked_for_and_the_request_changed(coordinator, school):
    event = events.make_event()
    url = page_of(event)
    assert "How many places would you like" in words(check_page(coordinator.get(url)).main)
    assert post(coordinator, f"{url}request", wanted="4").status_code == 303
    assert post(coordinator, f"{url}request", wanted="3").status_code == 303
    assert queries.request_of(event.id, school.id).wanted == 3
    assert "You asked for 3 places" in words(check_page(coordinator.get(url)).main)
    assert post(coordinator, f"{url}request/withdraw").status_code == 303
    assert queries.request_of(event.id, school.id) is None


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("", "Enter how many places you would like"),
        ("some", "Enter a whole number"),
        ("0", "Ask for at least 1 place"),
        ("-3", "Ask for at least 1 place"),
        ("501", "Ask for 500 places or fewer"),
    ],
)
def test_a_request_that_makes_no_sense_is_kept_and_explained(coordinator, school, wanted, sentence):
    event = events.make_event()
    response = post(coordinator, f"{page_of(event)}request", wanted=wanted)
    assert response.status_code == 422
    page = check_page(response)
    assert sentence in words(page.select_one("#wanted-error"))
    assert page.select_one("#wanted")["value"] == wanted
    assert queries.request_of(event.id, school.id) is None


def test_more_places_than_pupils_are_asked_about_first(coordinator, school):
    event = events.make_event()
    pupils.make_pupil(school=school, year_group=5)
    url = f"{page_of(event)}request"
    page = check_page(post(coordinator, url, wanted="2"))
    assert page.select_one("#sure") is not None
    assert post(coordinator, url, wanted="2", sure="y").status_code == 303
    assert queries.request_of(event.id, school.id).wanted == 2


def test_pupils_are_named_from_the_list_and_followed(coordinator, school, event):
    ada = pupils.make_pupil(school=school, forename="Ada", surname="Bright")
    pupils.make_pupil(school=school, forename="Tiny", year_group=1)
    url = page_of(event)
    offered = [words(tag) for tag in check_page(coordinator.get(url)).select(".form-check-label")]
    assert offered == ["Ada Bright Year 5"]
    data = {"pupils": [ada.public_id], "into": "places"}
    assert coordinator.post(f"{url}names", data=data).status_code == 303
    page = check_page(coordinator.get(url))
    assert [words(cell) for cell in page.select("tbody tr > *")][:2] == [
        "Ada Bright , Year 5",
        "Waiting for the parent",
    ]


def test_more_names_than_places_keep_the_choice_and_write_nothing(coordinator, school, event):
    chosen = [pupils.make_pupil(school=school).public_id for _ in range(3)]
    response = coordinator.post(
        f"{page_of(event)}names?q=nobody", data={"pupils": chosen, "into": "places"}
    )
    assert response.status_code == 422
    page = check_page(response)
    assert "You chose 3 pupils, but you have 2 free places" in words(
        page.select_one("#error-summary")
    )
    ticked = [box["value"] for box in page.select("input[name=pupils][checked]")]
    assert sorted(ticked) == sorted(chosen)
    assert queries.bookings_of(event.id, school.id) == []


def test_the_list_of_pupils_is_searched_by_name_and_year(coordinator, school, event):
    pupils.make_pupil(school=school, forename="Ada", surname="Bright", year_group=5)
    pupils.make_pupil(school=school, forename="Ben", surname="Able", year_group=6)

    def shown(query):
        page = check_page(coordinator.get(page_of(event) + query))
        return [words(tag).split()[0] for tag in page.select(".choices .form-check-label")]

    assert shown("") == ["Ben", "Ada"]
    assert shown("?q=bri") == ["Ada"]
    assert shown("?year=6") == ["Ben"]
    assert shown("?q=nobody") == []


def test_reserves_are_ranked_without_script(coordinator, school, event):
    first, second = build.reserve(event, school), build.reserve(event, school)

    def do(booking, what):
        return post(coordinator, f"/school/bookings/{booking.public_id}/reserve", do=what)

    assert do(second, "up").status_code == 303
    assert queries.reserves(event.id, school.id) == [second, first]
    assert do(first, "off").status_code == 303
    assert do(second, "name").status_code == 303
    assert (first.state, second.state) == (BookingState.WITHDRAWN, BookingState.INVITED)
    response = do(first, "up")
    assert response.status_code == 422
    assert "no longer a reserve" in words(check_page(response).select_one("#error-summary"))


def test_a_pupil_is_withdrawn_after_the_consequence_was_shown(coordinator, school, event):
    booking, reserve = build.name(event, school), build.reserve(event, school)
    url = f"/school/bookings/{booking.public_id}/withdraw"
    page = check_page(coordinator.get(url))
    assert reserve.pupil.name in words(page.select_one(".inset"))
    assert post(coordinator, url, instead="").status_code == 303
    assert (booking.state, reserve.state) == (BookingState.WITHDRAWN, BookingState.INVITED)
    said = words(soup(coordinator.get(page_of(event))))
    assert f"{reserve.pupil.name} now has the place. The parents have been asked." in said
    assert post(coordinator, url, instead="").status_code == 422


def test_another_pupil_is_put_into_the_place_of_one_who_is_withdrawn(coordinator, school, event):
    booking, other = build.name(event, school), pupils.make_pupil(school=school)
    url = f"/school/bookings/{booking.public_id}/withdraw"
    assert post(coordinator, url, instead=other.public_id).status_code == 303
    found = {b.pupil_id: b.state for b in queries.bookings_of(event.id, school.id)}
    assert found == {booking.pupil_id: BookingState.WITHDRAWN, other.id: BookingState.INVITED}


def test_naming_says_truly_whom_nobody_could_ask(coordinator, school, event):
    asked = pupils.make_pupil(school=school)
    unasked = pupils.make_pupil(school=school, forename="Nia", surname="Smith")
    with transaction() as unit:
        unit.get_one(type(unasked), unasked.id).parents = []

    chosen = [asked.public_id, unasked.public_id]
    post(coordinator, f"{page_of(event)}names", pupils=chosen, into="places")

    said = words(soup(coordinator.get(page_of(event))))
    assert (
        "The other parents have been asked. No e-mail for the parents of Nia Smith: give them "
        "the letter, and say here when you have. Their days to answer begin then."
    ) in said


def test_who_is_asked_on_paper_is_counted_apart_and_said_by_whom(coordinator, school, event):
    nia = pupils.make_pupil(
        school=school,
        forename="Nia",
        surname="Smith",
        parents=[ParentDetails("Mrs Smith", "", "07700 900555")],
    )
    booking = build.name(event, school, nia)
    url = f"/school/bookings/{booking.public_id}/asked-on-paper"
    seen = words(soup(coordinator.get(page_of(event))))
    assert "Confirmed 0 To ask on paper 1" in seen
    assert "To ask on paper No e-mail address: give them the letter" in seen
    titles = [words(tag) for tag in soup(coordinator.get("/school/")).select(".task-title")]
    assert "1 parent to ask on paper about Puzzle day" in titles
    assert not [title for title in titles if "replied" in title]

    assert post(coordinator, url, do="asked").status_code == 303
    page = check_page(coordinator.get(page_of(event)))
    at = terms.deadline_text(fresh_of(booking).asked_on_paper_at)
    by = fresh_of(booking).asked_on_paper_by.name
    assert f"Asked on paper on {at} by {by}" in words(page)
    titles = [words(tag) for tag in soup(coordinator.get("/school/")).select(".task-title")]
    assert "1 parent has not replied about Puzzle day" in titles
    assert post(coordinator, url, do="asked").status_code == 303, "said twice, recorded once"

    told = words(soup(coordinator.get(f"/school/bookings/{booking.public_id}/history")))
    assert told.count("asked the family of Nia Smith on paper") == 1
    assert "gave Nia Smith a place for “Puzzle day”, and has to ask the family on paper" in told

    assert post(coordinator, url, do="undo").status_code == 303
    assert "Confirmed 0 To ask on paper 1" in words(soup(coordinator.get(page_of(event))))
    assert post(coordinator, url, do="burn").status_code == 422


def test_before_places_are_given_back_the_page_says_who_gets_them(coordinator, school, event):
    url = f"{page_of(event)}give-back"
    reserve = build.reserve(event, school)

    page = check_page(coordinator.get(url))

    assert url in [link["href"] for link in check_page(coordinator.get(page_of(event)))("a")]
    assert page.find(id="count")["value"] == "2"
    assert (
        f"goes to your own reserves first, whose parents are asked at once: {reserve.pupil.name}"
        in words(page.main)
    )
    assert "This cannot be undone" in words(page.main)
    assert queries.held(event.id) == {school.id: 2}


def test_a_school_without_unnamed_places_is_told_what_to_do_instead(coordinator, school, event):
    for _ in range(2):
        build.name(event, school)

    page = check_page(coordinator.get(f"{page_of(event)}give-back"))

    assert "withdraw the pupil first" in words(page.main)
    assert page.find(id="count") is None


def test_places_are_given_back(coordinator, school, event):
    url = f"{page_of(event)}give-back"
    assert post(coordinator, url, count="1").status_code == 303
    assert queries.held(event.id) == {school.id: 1}
    for count, sentence in (
        ("", "Enter how many"),
        ("0", "at least 1"),
        ("5", "without a name"),
        ("x", "Enter a whole number"),
    ):
        response = post(coordinator, url, count=count)
        assert response.status_code == 422
        assert sentence in words(check_page(response).select_one("#count-error"))


def test_an_offer_is_accepted_on_the_page(coordinator, school):
    event, other = events.make_event(places=1), schools.make_school()
    build.allot(event, {other: 1})
    build.ask(event, school, 1)
    booking = build.name(event, other)
    with transaction():
        places.decline(actor=PARENT, now=clock.now(), booking=booking)
    offer = build.open_offer(school, event)
    page = check_page(coordinator.get(page_of(event)))
    assert "You have been offered a place" in words(page.main)
    assert "You have been offered a place" in words(
        check_page(coordinator.get(f"/events/{event.slug}")).main
    )
    url = f"/school/offers/{offer.public_id}"
    assert post(coordinator, url, answer="perhaps").status_code == 422
    assert post(coordinator, url, answer="accept").status_code == 303
    assert offer.state is OfferState.ACCEPTED
    response = post(coordinator, url, answer="decline")
    assert "already been accepted" in words(check_page(response).select_one("#error-summary"))


def test_the_public_page_shows_a_coordinator_where_the_own_school_stands(
    coordinator, client, event
):
    assert "You have 2 places: 0 named, 0 confirmed." in words(
        check_page(coordinator.get(f"/events/{event.slug}")).main
    )


def test_what_belongs_to_another_school_is_not_found(coordinator, event):
    stranger = schools.make_school()
    booking = build.make_booking(event=event, school=stranger)
    reserve = build.reserve(event, stranger)
    for url in (
        f"/school/bookings/{booking.public_id}/withdraw",
        f"/school/bookings/{reserve.public_id}/reserve",
        "/school/bookings/unknown/withdraw",
        "/school/offers/unknown",
        "/school/events/unknown/request",
    ):
        assert coordinator.post(url, data={"do": "off"}).status_code == 404
    draft = events.make_event(published=False)
    assert coordinator.get(page_of(draft)).status_code == 404


def test_a_pupil_of_another_school_cannot_be_named(coordinator, event):
    stranger = pupils.make_pupil(school=schools.make_school())
    response = coordinator.post(
        f"{page_of(event)}names", data={"pupils": [stranger.public_id], "into": "places"}
    )
    assert response.status_code == 422
    assert queries.bookings_of(event.id, stranger.school_id) == []


def test_somebody_without_a_school_has_no_school_pages(client, event):
    assert client.get("/school/").status_code == 302
    schools.sign_in(client, schools.make_person(role=Role.AUDITOR))
    assert client.get("/school/").status_code == 404
    assert client.get(page_of(event)).status_code == 404


def test_a_cancelled_event_says_so_and_offers_nothing_to_do(coordinator, event):
    events.cancel_event(event)
    page = check_page(coordinator.get(page_of(event)))
    assert "This event has been cancelled" in words(page.main)
    assert page.select("main form") == []


def test_a_first_come_request_is_answered_at_once(coordinator, school):
    event = events.make_event(sharing=Sharing.FIRST_COME, places=2)
    build.ask(event, schools.make_school(), 1)
    post(coordinator, f"{page_of(event)}request", wanted="2")
    main = words(check_page(coordinator.get(page_of(event))).main)
    assert "You have 1" in main
    assert "You are first in the queue for any place that comes back." in main


def test_a_late_request_is_said_to_be_late(coordinator, event, time_machine):
    other = events.make_event()
    time_machine.move_to(clock.now() + timedelta(minutes=1))
    with transaction():
        other.requests_close_at = clock.now() - timedelta(minutes=1)
    post(coordinator, f"{page_of(other)}request", wanted="3")
    main = words(check_page(coordinator.get(page_of(other))).main)
    assert "after the deadline, so your request comes after" in main


def test_home_asks_the_database_as_often_for_one_event_as_for_three(
    coordinator, school, count_queries
):
    def visit():
        coordinator.get("/school/")  # the first visit also writes the session
        with count_queries() as asked:
            assert coordinator.get("/school/").status_code == 200
        return len(asked)

    def one_more():
        event = events.make_event(places=4)
        build.hold(event, school, 2)
        build.ask(event, school, 2)
        build.name(event, school)
        events.make_event()

    one_more()
    first = visit()
    one_more()
    one_more()
    assert visit() == first


def test_the_page_asks_the_database_as_often_for_one_pupil_as_for_three(
    coordinator, school, count_queries
):
    event = events.make_event(places=9)
    build.allot(event, {school: 9})

    def visit():
        coordinator.get("/school/")  # the first visit also writes the session
        with count_queries() as asked:
            assert coordinator.get(page_of(event)).status_code == 200
        return len(asked)

    def one_more():
        build.name(event, school)
        build.reserve(event, school)
        pupils.make_pupil(school=school)

    one_more()
    first = visit()
    one_more()
    one_more()
    assert visit() == first


def test_names_for_a_quota_are_due_on_the_release_date(school):
    event = events.make_event(sharing=Sharing.SET_QUOTAS, places=2)
    with transaction():
        places.set_quota(actor=COMMAND, now=clock.now(), event=event, school=school, quota=2)
    [due] = queries.names_due(school.id, now=clock.now())
    assert (due.count, due.due_at) == (2, event.release_at)
    assert queries.name_by(event, None, now=event.release_at) == event.naming_close_at


def test_a_request_sent_to_a_cancelled_event_is_refused_and_kept_out(coordinator, school):
    event = events.make_event()
    address, event_id = f"{page_of(event)}request", event.id
    events.cancel_event(event)

    response = post(coordinator, address, wanted="2")

    assert "has been cancelled" in response.text
    assert queries.request_of(event_id, school.id) is None

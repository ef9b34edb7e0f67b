"""A host's page about an event: which schools are coming and how far they are, only in numbers."""

from typing import Any

from booking.domain.booking_states import BookingState
from booking.domain.permissions import Role
from tests.builders.events import make_event
from tests.builders.places import hold, make_booking, reserve
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_person, make_school, sign_in
from tests.page import CheckedClient, soup, words


def rows_of(client: CheckedClient, slug: str) -> list[list[str]]:
    page = soup(client.get(f"/host/events/{slug}/"))
    return [[words(c) for c in row.select("th, td")] for row in page.select("#schools tr")[1:]]


def test_a_host_sees_how_far_each_school_is(db_session: Any, client: CheckedClient) -> None:
    hosting = make_school(name="Harrow Lane School")
    event = make_event(host=hosting, places=12)
    ashdale, birchwood = make_school(name="Ashdale School"), make_school(name="Birchwood School")
    hold(event, ashdale, 3)
    hold(event, birchwood, 2)
    make_booking(event=event, school=ashdale, state=BookingState.CONFIRMED)
    invited = make_booking(event=event, school=ashdale)
    reserve(event, birchwood, make_pupil(school=birchwood))
    sign_in(client, make_person(role=Role.HOST, school=hosting))

    first, second, in_all = rows_of(client, event.slug)

    assert first[0] == "Ashdale School"
    assert first[2:] == ["2", "1", "1", "0"]
    assert second[0] == "Birchwood School"
    assert second[1:] == ["2", "0", "0", "0", "1"]
    assert in_all[0] == "Total"
    assert invited.pupil.surname not in client.get(f"/host/events/{event.slug}/").text


def test_no_table_is_shown_before_a_school_has_a_place(
    db_session: Any, client: CheckedClient
) -> None:
    hosting = make_school()
    event = make_event(host=hosting)
    sign_in(client, make_person(role=Role.HOST, school=hosting))

    assert rows_of(client, event.slug) == []

"""The public listing: what a visitor finds, and how."""

from datetime import timedelta

import pytest

from booking.days.events import ports
from booking.days.events.models import Sharing
from booking.domain.charging import FeeKind
from booking.foundation import clock
from booking.foundation.db import transaction
from tests.builders import events, schools
from tests.page import soup, words

JUNE = events.one_date(events.london(2027, 6, 11, 9, 15))


@pytest.fixture
def host(db_session):
    """Provide a school that hosts, in a network with guests of every year."""
    schools.make_school(name="Guest School", low_year=-1, high_year=13)
    return schools.make_school(name="Host School", low_year=0, high_year=13)


def cards(response):
    """Return the text of each card by its title."""
    assert response.status_code == 200
    return {
        words(card.find(class_="event-card-title")): words(card)
        for card in soup(response).find_all(class_="event-card")
    }


def titles(client, query=""):
    """Return the titles that the listing shows, in order."""
    return list(cards(client.get(f"/?{query}")))


def test_a_card_says_all_that_matters(client, host):
    events.make_event(
        host=host,
        title="Puzzle day",
        theme="Mathematics",
        dates=[JUNE],
        places=30,
        fee_pence=600,
        low_year=5,
        high_year=6,
    )

    text = cards(client.get("/"))["Puzzle day"]

    for expected in (
        "Friday 11 June 2027, 9:15am to 2:45pm",
        "Host School",
        "Years 5 to 6",
        "Mathematics",
        "£6.00 voluntary contribution",
        "Requests open",
        "30 places, ask by 26 March",
    ):
        assert expected in text


def test_coming_events_come_soonest_first(client, host):
    for title, days in (("Third", 90), ("First", 30), ("Second", 60)):
        starts_at = clock.now() + timedelta(days=days)
        events.make_event(host=host, title=title, dates=[events.one_date(starts_at)])

    assert titles(client) == ["First", "Second", "Third"]


def test_drafts_are_not_listed(client, host):
    events.make_event(host=host, published=False)

    response = client.get("/")

    assert cards(response) == {}
    assert "No events yet" in response.text


def test_a_cancelled_event_is_listed_as_cancelled(client, host):
    events.cancel_event(events.make_event(host=host, title="Puzzle day"))

    assert "Cancelled" in cards(client.get("/"))["Puzzle day"]


def test_past_events_stand_apart(client, host, time_machine):
    event = events.make_event(host=host, title="Puzzle day")

    time_machine.move_to(event.last_ends_at + timedelta(hours=1))

    assert titles(client) == []
    assert titles(client, "past=1") == ["Puzzle day"]


def test_a_series_is_coming_until_its_last_date_is_over(client, host, time_machine):
    starts = [events.london(2027, 4, day, 16) for day in (5, 12)]
    events.make_event(host=host, title="Masterclass", dates=[events.one_date(at) for at in starts])

    time_machine.move_to(starts[0] + timedelta(days=1))

    assert "Under way" in cards(client.get("/"))["Masterclass"]


@pytest.fixture
def programme(host):
    """Provide four events that differ in everything that can be filtered."""
    other = schools.make_school(name="Other School", slug="other-school")
    july = events.one_date(events.london(2027, 7, 6, 9))
    june_and_july = [events.one_date(events.london(2027, 6, 30, 9)), july]
    events.make_event(
        host=host, title="Bridges", theme="Engineering", dates=[JUNE], low_year=5, high_year=6
    )
    events.make_event(
        host=host, title="Poems", theme="English", dates=june_and_july, low_year=3, high_year=4
    )
    events.make_event(
        host=other, title="100% chess", theme="Games", dates=[july], low_year=6, high_year=9
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=bridge", ["Bridges"]),
        ("q=OTHER+school", ["100% chess"]),
        ("q=100%25", ["100% chess"]),
        ("q=_", []),
        ("q=chess+bridges", []),
        ("year=6", ["Bridges", "100% chess"]),
        ("year=0", []),
        ("theme=English", ["Poems"]),
        ("month=2027-06", ["Bridges", "Poems"]),
        ("month=2027-07", ["Poems", "100% chess"]),
        ("host=other-school", ["100% chess"]),
        ("year=6&month=2027-07&host=other-school", ["100% chess"]),
        ("year=x&month=2027-13&page=-4", ["Bridges", "Poems", "100% chess"]),
        ("month=0000-01&year=99", ["Bridges", "Poems", "100% chess"]),
    ],
)
def test_the_filters_find_what_they_say(client, programme, query, expected):
    assert titles(client, query) == expected


def test_a_search_for_one_letter_of_a_pattern_is_only_that_letter(client, programme):
    assert titles(client, "q=%25") == ["100% chess"]


def test_each_filter_in_use_can_be_taken_off(client, programme):
    page = soup(client.get("/?theme=English&month=2027-06"))

    links = {words(a): a["href"] for a in page.select(".chips a")}

    assert links == {
        "English (remove this filter)": "/?month=2027-06",
        "June 2027 (remove this filter)": "/?theme=English",
    }


def test_nothing_found_says_what_to_do(client, programme):
    response = client.get("/?theme=Astronomy")

    assert "No events match" in response.text
    assert "Show all events" in response.text


def test_the_choices_are_those_that_there_are(client, programme):
    page = soup(client.get("/"))

    def options(name):
        return [words(option) for option in page.select(f"[name={name}] option")]

    assert options("theme") == ["Any", "Engineering", "English", "Games"]
    assert options("month") == ["Any", "June 2027", "July 2027"]
    assert options("host") == ["Any", "Host School", "Other School"]


def test_more_than_a_page_of_events_is_paged(client, host):
    with transaction():
        for number in range(21):
            events.make_event(host=host, title=f"Day {number}")

    assert len(titles(client)) == 20
    assert len(titles(client, "page=2")) == 1
    assert titles(client, "page=99") == []


@pytest.mark.parametrize(
    ("left", "words"),
    [(5, ["5 of 12 places left"]), (0, ["All places taken", "None of 12 places left"])],
)
def test_places_left_are_shown_once_some_are_held(client, host, left, words):
    events.make_event(host=host, title="Puzzle day", places=12, sharing=Sharing.FIRST_COME)

    with ports.places_left.instead(lambda ids: dict.fromkeys(ids, left)):
        card = cards(client.get("/"))["Puzzle day"]

    assert [said in card for said in words] == [True] * len(words)


def test_an_event_that_is_over_says_how_many_places_it_had(client, host, time_machine):
    events.make_event(host=host, title="Puzzle day", places=12, dates=[JUNE])
    time_machine.move_to(events.london(2027, 6, 12, 9))

    with ports.places_left.instead(lambda ids: dict.fromkeys(ids, 0)):
        card = cards(client.get("/?past=1"))["Puzzle day"]

    assert "12 places" in card
    assert "left" not in card


def test_the_block_of_a_series_counts_the_dates_after_the_next(client, host, time_machine):
    dates = [events.one_date(events.london(2027, 6, day, 16)) for day in (4, 11, 18, 25)]
    events.make_event(host=host, title="Maths circle", dates=dates)
    assert "and 3 more" in cards(client.get("/"))["Maths circle"]

    time_machine.move_to(events.london(2027, 6, 12, 9))

    assert "and 2 more" not in cards(client.get("/"))["Maths circle"]
    assert "and 1 more" in cards(client.get("/"))["Maths circle"]


@pytest.mark.parametrize("kind", FeeKind)
def test_every_kind_of_fee_has_its_words(client, host, kind):
    facts = {} if kind is FeeKind.FREE else {"fee_pence": 600, "fee_reason": "Agreed."}
    if kind is FeeKind.CHARGE:
        from booking.days.events.service import CostDetails

        facts["cost_lines"] = (CostDetails("Coach", 12000),)
    events.make_event(host=host, title="Puzzle day", fee_kind=kind, **facts)

    expected = {
        FeeKind.FREE: "Free",
        FeeKind.VOLUNTARY_CONTRIBUTION: "£6.00 voluntary contribution",
        FeeKind.CHARGE: "£6.00 charge",
        FeeKind.PAID_BY_SCHOOL: "Paid by the school",
    }[kind]
    assert expected in cards(client.get("/"))["Puzzle day"]


def test_the_listing_asks_as_many_queries_for_three_events_as_for_one(client, host, count_queries):
    counts = []
    for how_many in (1, 2):
        for _ in range(how_many):
            events.make_event(host=host)
        with count_queries() as statements:  # nothing is in memory: an event was made just now
            client.get("/")
        counts.append(len([s for s in statements if s.startswith("SELECT")]))

    assert counts[0] == counts[1] > 1

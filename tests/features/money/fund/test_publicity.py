"""Where fees went, for everybody: only if the lead says so, and never for few families."""

from datetime import timedelta

from bs4 import BeautifulSoup

from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.fund import service
from booking.money.fund.queries import publicity
from tests.builders import checkout, events, schools
from tests.builders.fund import make_cost, make_speaker
from tests.page import words

EVENT = "/events/puzzle-day-2027/where-it-went"
YEAR = "/where-fees-go"


def over_event(families, **details):
    """Return an event that is over and closed, to which so many families gave £6.00 each."""
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, low_year=1, **details)
    school = schools.make_school()
    for number in range(families):
        family = checkout.make_family(
            event,
            school=school,
            forename=f"Pupil{number}",
            parent_email=f"family{number}.{event.slug}@parents.example",
        )
        checkout.answer(family)
        checkout.pay(family, 600)
    make_cost(event=event, pence=310 * families)
    return event


def close(event, time_machine):
    time_machine.move_to(event.last_ends_at + timedelta(days=1))
    with transaction():
        service.close_event(actor=COMMAND, now=clock.now(), event=event)


def show(shown=True):
    with transaction():
        service.show_money(actor=COMMAND, now=clock.now(), shown=shown)


def parts(response):
    page = BeautifulSoup(response.text, "html.parser")
    found = page.select_one(".breakdown-parts")
    return [words(item) for item in found.find_all("li")] if found else []


def test_a_closed_event_tells_where_each_fee_went(client, network, time_machine):
    event = over_event(5)
    close(event, time_machine)
    show()

    page = client.get(f"/events/{event.slug}/where-it-went")

    assert parts(page) == [
        "the day itself £3.10",
        "teachers’ training, left over from the day £0.30",
        "teachers’ training, as published £2.00",
        "card fees £0.29",
        "running the network £0.31",
    ]
    assert "Of each £6.00: £3.10 went to the day itself;" in page.text
    assert "£15.50" not in page.text  # the day's total cost would reveal how many paid


def test_it_is_off_until_the_lead_switches_it_on(client, network, time_machine):
    event = over_event(5)
    close(event, time_machine)
    url = f"/events/{event.slug}/where-it-went"

    for path in (url, YEAR):
        assert client.get(path).status_code == 404
    assert "Where the money went" not in client.get(f"/events/{event.slug}").text
    show()
    assert client.get(YEAR).status_code == 200
    assert "Where the money went" in client.get(f"/events/{event.slug}").text
    show(shown=False)
    for path in (url, YEAR):
        assert client.get(path).status_code == 404
    assert "Where the money went" not in client.get(f"/events/{event.slug}").text


def test_four_families_are_not_told_of_alone_or_within_the_year(client, network, time_machine):
    few, many = over_event(4, title="Small day"), over_event(5, title="Large day")
    close(few, time_machine)
    close(many, time_machine)
    show()

    assert client.get(f"/events/{few.slug}/where-it-went").status_code == 404
    assert "Where the money went" not in client.get(f"/events/{few.slug}").text
    page = client.get(YEAR)
    assert "Large day" in page.text
    assert "Small day" not in page.text
    alone = client.get(f"/events/{many.slug}/where-it-went")
    # The year's pound is only from the large day, so there is nothing to subtract.
    assert [of.told for _, of in publicity.year_story("2026/27").events] == [
        publicity.event_story(many).told
    ]
    assert parts(alone)[0] == "the day itself £3.10"
    assert parts(page)[0] == "the day itself £0.52"


def test_brothers_and_sisters_are_one_family(client, network, time_machine):
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, low_year=1)
    school = schools.make_school()
    for number in range(5):
        family = checkout.make_family(event, school=school, forename=f"Pupil{number}")
        checkout.answer(family)
        checkout.pay(family, 600)
    close(event, time_machine)
    show()

    assert client.get(f"/events/{event.slug}/where-it-went").status_code == 404


def test_an_event_that_is_not_closed_or_asks_nothing_is_not_told_of(client, network):
    show()
    open_event, free = over_event(5), events.make_event(title="Free day", low_year=1)

    for event in (open_event, free):
        assert client.get(f"/events/{event.slug}/where-it-went").status_code == 404
    assert client.get("/events/none/where-it-went").status_code == 404
    page = client.get(YEAR)
    assert "Nothing to show yet" in page.text
    assert parts(page) == []


def test_the_year_says_what_training_was_paid_for(client, network, time_machine):
    event = over_event(10)
    close(event, time_machine)
    make_speaker(pence=2_000)
    show()

    page = client.get(f"{YEAR}?year=2026/27").text

    assert "What was paid for teachers’ training in 2026/27" in page
    assert "£20.00" in page
    assert client.get(f"{YEAR}?year=2019/20").status_code == 404
    assert client.get(f"{YEAR}?year=nonsense").status_code == 404


def test_the_lead_switches_and_others_look(app, client, network, time_machine):
    event = over_event(5)
    close(event, time_machine)
    schools.sign_in(client, "treasurer@fairplace.example")
    before = client.get("/fund/public")
    assert ("Nobody else can see it" in before.text, "Puzzle day" in before.text) == (True, True)
    assert client.post("/fund/public/on").status_code == 404

    lead = app.test_client()
    schools.sign_in(lead, "lead@fairplace.example")
    assert lead.post("/fund/public/on").status_code == 303
    assert "Everybody can see it" in lead.get("/fund/public").text
    assert lead.post("/fund/public/off").status_code == 303
    assert publicity.is_shown() is False


def test_the_parent_is_led_there_from_the_receipt(client, network):
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, low_year=1)
    family = checkout.make_family(event)
    checkout.answer(family)
    checkout.pay(family, 600)

    assert YEAR not in client.get(f"{family.url}/paid").text
    show()
    assert f'href="{YEAR}"' in client.get(f"{family.url}/paid").text

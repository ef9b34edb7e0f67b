"""Drafts as they were typed: saved with a title alone, and every page of theirs stands."""

from dataclasses import replace

import pytest

from booking.days.events import service
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from tests.builders import events
from tests.features.days.events.test_host_pages import errors, typed
from tests.page import soup, words


def written(host, **odd):
    with transaction():
        return service.write(
            actor=COMMAND,
            now=clock.now(),
            details=replace(events.event_details(host=host), **odd),
        )


def test_a_title_alone_is_saved_and_what_is_missing_leads_to_its_field(signed_in, host):
    typed = {"host_school_id": host.id, "title": "An idea", "low_year": "5", "high_year": "6"}

    saved = signed_in.post("/host/events/new", data=typed)
    work = soup(signed_in.get(saved.location))
    edit = soup(signed_in.get(f"{saved.location}edit"))

    assert saved.status_code == 303
    asked = {
        words(link): link["href"].partition("#")[2]
        for link in work.select('main li a[href*="edit#"]')
    }
    assert asked["Enter how many places there are, from 1 to 2,000."] == "places"
    assert asked["Enter at least one date."] == "dates-0-on"
    assert [name for name in asked.values() if edit.find(id=name) is None] == []
    assert edit.find(id="places").get("value", "") == ""
    facts = {words(row.dt): words(row.dd) for row in work.select(".summary-row")}
    assert facts["Places"] == "Not given"


PARTS = (FeePart("speaker", 100, Fund.EVENTS),)


@pytest.mark.parametrize(
    "odd",
    [
        {"places": 0},
        {"places": 0, "host_places": 5, "guarantee": 3},
        {"places": 3, "host_places": 3},
        {"guarantee": 9, "cap_per_school": 0},
        {"fee_kind": FeeKind.CHARGE},
        {"fee_kind": FeeKind.VOLUNTARY_CONTRIBUTION, "fee_pence": 600, "fee_parts": PARTS},
        {"fee_kind": FeeKind.CHARGE, "fee_pence": 600, "fee_parts": PARTS, "places": 0},
        {"fee_pence": 600},
        {"low_year": 12, "high_year": 13},
        {"places": 0, "cost_lines": (service.CostDetails("coach", 20000),)},
        {"dates": (), "theme": "", "concept": "", "led_by": "", "venue": ""},
    ],
)
def test_every_page_of_an_odd_draft_stands_and_publishing_lists_what_is_wrong(signed_in, host, odd):
    draft = written(host, **odd)
    pages = {
        name: signed_in.get(f"/host/events/{draft.slug}/{name}")
        for name in ("", "edit", "preview", "publish")
    }

    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    edit = soup(pages["edit"])
    links = soup(pages["publish"]).select('main li a[href*="edit#"]')
    assert links
    missing = [link["href"] for link in links if not edit.find(id=link["href"].partition("#")[2])]
    assert missing == []
    assert signed_in.get("/host/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"places": ""}, ["Enter how many places there are, from 1 to 2,000."]),
        ({"places": "0"}, ["Enter how many places there are, from 1 to 2,000."]),
        (
            {"low_year": "12", "high_year": "13"},
            [
                "Lowest year group: No other school in the network has pupils in these years. "
                "Choose other years."
            ],
        ),
        (
            {"requests_close_at": "2027-05-20T16:00"},
            [
                "Naming closes: This must be after the time when requests close. Choose a later "
                "time."
            ],
        ),
        (
            {"naming_close_at": "2027-06-12T16:00"},
            ["Naming closes: This is after the event has started. Choose an earlier time."],
        ),
        (
            {"fee_pence": "7"},
            ["Where it goes: The parts come to £6.00 and the fee is £7.00. Add £1.00."],
        ),
    ],
)
def test_what_a_draft_may_leave_open_is_refused_of_an_event_that_is_published(
    signed_in, host, changes, expected
):
    event = events.make_event(host=host)

    response = signed_in.post(f"/host/events/{event.slug}/edit", data=typed(host, **changes))

    assert response.status_code == 422
    assert errors(response) == expected

"""The pages of tours, from the first draft to a published stop, as each person uses them."""

import pytest
from sqlalchemy import select

from booking.days.tours.models import Tour, TourStop
from booking.domain.permissions import Role
from booking.domain.terms import london
from booking.foundation.db import db
from tests.builders import schools, tours


def typed(world, **changes):
    """Return the keeper's form as it is sent."""
    details = tours.details(world.upper)
    return {
        "title": "Evacuees",
        "theme": "History",
        "concept": "Pack a suitcase.",
        "leading_school_id": str(world.upper.id),
        "teacher": "Ms Young",
        "low_year": "5",
        "high_year": "6",
        "pupils_max": "30",
        "minutes": "90",
        "travel_minutes": "20",
        "first_on": details.first_on.isoformat(),
        "last_on": details.last_on.isoformat(),
        "kit_id": str(world.kit.id),
        **changes,
    }


def wished(school, at):
    """Return a school's form as it is sent."""
    return {
        "school_id": str(school.id),
        "time_1": f"{london(at):%Y-%m-%dT%H:%M}",
        "room": "Main hall",
        "pupils": "12",
        "low_year": "5",
        "high_year": "6",
    }


@pytest.fixture
def browsers(app, world):
    """Provide a browser for each of four people."""
    lead = schools.make_person(role=Role.LEAD)
    people = {
        "keeper": world.keeper,
        "coordinator": world.coordinator,
        "host": world.host,
        "lead": lead,
    }
    return {name: schools.as_(app, person) for name, person in people.items()}


def test_a_tour_is_planned_opened_asked_for_agreed_and_published(client, world, browsers):
    keeper, host = browsers["keeper"], browsers["host"]
    begun = keeper.post("/tours/new", data=typed(world))
    assert begun.status_code == 303
    assert client.get("/tours/evacuees", check=False).status_code == 404
    assert keeper.post("/tours/new", data=typed(world, last_on="2020-01-01")).status_code == 422
    changed = keeper.post("/tours/evacuees/change", data=typed(world, minutes="120"))
    assert changed.status_code == 303
    assert keeper.post("/tours/evacuees/open").status_code == 303
    assert "No stop has been published yet." in client.get("/tours/evacuees").text
    assert "Evacuees" in client.get("/").text

    asked = browsers["coordinator"].post(
        "/tours/evacuees/ask", data=wished(world.primary, tours.at(40))
    )
    assert asked.status_code == 303
    assert "has not answered yet" in browsers["coordinator"].get("/tours/evacuees").text
    assert "Answer Tindlebrook Primary" in keeper.get("/host/").text
    stop = db.session.scalars(select(TourStop)).one()
    time = str(stop.times[0].id)
    accept = f"/tours/evacuees/stops/{stop.public_id}/accept"
    assert keeper.post(accept, data={"time": time}).status_code == 303
    work = keeper.get("/tours/evacuees/work").text
    assert "Waits for Tindlebrook Primary: Hannah Host" in work
    assert "1 more stop is agreed and waits" in client.get("/tours/evacuees").text

    slug = db.session.get_one(TourStop, stop.id).event.slug
    publish = f"/host/events/{slug}/publish"
    assert keeper.get(publish, check=False).status_code == 404  # only its own host, or the lead
    page = host.get(publish).text
    shown = page.split('name="shown" type="hidden" value="')[1].split('"')[0]
    assert host.post(publish, data={"shown": shown}).status_code == 303
    public = client.get("/tours/evacuees").text
    assert "Monday 12 April 2027, 10am to midday" in public
    event = f"/events/{db.session.get_one(TourStop, stop.id).event.slug}"
    assert event in public
    assert "Part of a tour" in client.get(event).text


def test_a_stop_at_a_school_without_a_host_is_the_leads_task(world, browsers):
    tours.agree_stop(world.tour, world.neighbour)
    assert "Publish the stop of a tour at Millrace Primary" in browsers["lead"].get("/admin/").text


def test_a_time_that_is_too_near_says_so_and_cannot_be_pressed(world, browsers):
    tours.agree_stop(world.tour, world.primary)
    stop = tours.ask(world.tour, world.neighbour, tours.at(40), tours.at(43))
    work = f"/tours/{world.tour.slug}/work"
    page = browsers["keeper"].get(work).text
    assert "Too close to another stop" in page
    assert page.count(">Accept<") == 1
    accept = f"/tours/{world.tour.slug}/stops/{stop.public_id}/accept"
    browsers["keeper"].post(accept, data={"time": str(stop.times[0].id)})
    assert "need 30 minutes to travel" in browsers["keeper"].get(work).text


def test_the_history_tells_what_happened_without_a_leaders_name(world, browsers):
    stop = tours.agree_stop(world.tour, world.primary)
    tours.set_leaders(stop, tours.lead(world.tour, name="Zqled Baker"))
    told = browsers["keeper"].get(f"/tours/{world.tour.slug}/history").text
    for sentence in (
        "opened the tour for schools",
        "asked for a stop of the tour at Tindlebrook Primary",
        "accepted a time for the stop of the tour at Tindlebrook Primary",
        "added a pupil to the leaders of the tour",
        "chose 1 leader for a stop of the tour",
    ):
        assert sentence in told
    assert "Zqled" not in told


def test_a_tour_is_ended_and_a_draft_deleted(world, browsers):
    keeper = browsers["keeper"]
    tours.make_tour(world.upper, title="Evacuees", opened=False)
    assert keeper.post("/tours/evacuees/discard").status_code == 303
    assert keeper.post(f"/tours/{world.tour.slug}/discard").status_code == 303  # too late
    assert keeper.post(f"/tours/{world.tour.slug}/end").status_code == 303
    assert [tour.state for tour in db.session.scalars(select(Tour))] == ["ended"]
    asked = browsers["coordinator"].get(f"/tours/{world.tour.slug}/ask")
    assert asked.status_code == 303

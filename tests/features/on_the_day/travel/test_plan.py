"""A school says how it travels, and everybody who needs it reads that."""

from dataclasses import replace
from datetime import timedelta

from booking.days.events import service as events
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.on_the_day.travel import queries
from booking.on_the_day.travel.models import SeatShare, TravelPlan, VisitNotes
from booking.upkeep import purging
from tests.builders import travel
from tests.builders.rosters import expect_pupil
from tests.builders.schools import as_, make_person, make_school
from tests.builders.stored import again, count
from tests.features.on_the_day.conftest import at
from tests.page import soup, table_rows, words

SAID = {
    "mode": "coach",
    "leaves": "08:30",
    "arrives": "09:00",
    "back": "15:30",
    "base_name": "Olu Office",
    "base_phone": "07700 900222",
}


def url(event):
    return f"/school/events/{event.slug}/travel"


def main(response):
    return words(soup(response).find("main"))


def move(event, days):
    """Move the event by some days, as its host does."""
    details = events.details_of(event)
    [date] = details.dates
    later = timedelta(days=days)
    moved = events.DateDetails(date.starts_at + later, date.ends_at + later)
    with transaction():
        events.change(
            actor=COMMAND, now=clock.now(), event=event, details=replace(details, dates=(moved,))
        )


def test_a_school_says_how_it_travels_and_the_host_reads_it(event, school, browsers):
    page = words(soup(browsers["ashdale"].get(f"/school/events/{event.slug}/")))
    assert "Say how your pupils travel" in page

    assert browsers["ashdale"].post(url(event), data=SAID).location == url(event)

    arrival = queries.by_school(event.id)[school.id]
    assert (arrival.how, arrival.base_name, arrival.base_phone) == (
        "Coach",
        "Olu Office",
        "+447700900222",
    )
    shown = table_rows(
        browsers["host"].get(f"/host/events/{event.slug}/visits"), "How schools come to Puzzle day"
    )
    assert ["Ashdale Primary School", "Coach", "9am", ""] in shown
    assert ["Birchwood School", "Not said yet", "", ""] in shown
    page = words(soup(browsers["ashdale"].get(f"/school/events/{event.slug}/")))
    assert "Coach: leaves at 8:30am, arrives at 9am, back at 3:30pm." in page


def test_times_that_do_not_fit_are_saved_and_asked_about(event, school, browsers):
    saved = browsers["ashdale"].post(
        url(event), data={**SAID, "arrives": "09:30"}, follow_redirects=True
    )

    assert saved.status_code == 200
    assert "You arrive at 9:30am, but the event starts at 9:15am." in words(soup(saved))
    assert queries.by_school(event.id)[school.id].arrives is not None


def test_what_cannot_be_is_refused_beside_its_field(event, browsers):
    wrong = {
        "leaves": ("25:00", "Enter a time, such as 08:30."),
        "base_phone": ("999", "is not a telephone number"),
        "base_name": ("A" * 121, "Shorten this to 120 characters."),
        "seats": ("900", "Enter a number of seats from 0 to 80."),
    }
    for field, (typed, said) in wrong.items():
        answer = browsers["ashdale"].post(url(event), data={**SAID, field: typed})
        assert answer.status_code == 422, field
        assert said in main(answer)
    walking = browsers["ashdale"].post(url(event), data={**SAID, "mode": "walking", "seats": "4"})
    assert "Only a coach or a minibus has seats for others." in main(walking)
    assert count(TravelPlan) == 0


def test_a_school_without_places_says_nothing(app, event, browsers):
    stranger = as_(app, make_person(role=Role.COORDINATOR, school=make_school()))

    assert "Nobody from your school comes" in main(stranger.get(url(event)))
    assert stranger.post(url(event), data=SAID).status_code == 422
    assert count(TravelPlan) == 0


def test_the_way_there_is_a_task_before_the_event_and_again_when_it_moves(
    app, event, school, people, time_machine
):
    expect_pupil(event=event, school=school)
    task, check = "Say how your pupils travel to Puzzle day", "Check how you travel to Puzzle day"

    def home(days):
        time_machine.move_to(at(days), tick=False)
        return main(as_(app, people["ashdale"]).get("/school/"))

    assert task not in home(-15)
    assert task in home(-13)
    travel.plan(event, school)
    assert task not in home(-13)
    move(event, days=7)
    assert check in home(-13)
    assert "The event has moved" in main(as_(app, people["ashdale"]).get(url(event)))
    as_(app, people["ashdale"]).post(url(event), data=SAID)
    assert check not in home(-13)


def test_two_weeks_after_the_event_nothing_of_it_is_kept(
    event, school, other, people, time_machine
):
    time_machine.move_to(at(-30), tick=False)
    travel.ask(travel.plan(event, school, seats=2, base_name="Olu Office"), other)
    travel.note(event, first_aid="In the office")
    ends_at = again(event).last_ends_at
    for days, kept in ((13, 1), (15, 0)):
        time_machine.move_to(ends_at + timedelta(days=days), tick=False)
        purging.purge(clock.now())
        assert [count(table) for table in (TravelPlan, SeatShare, VisitNotes)] == [kept] * 3


def test_what_the_host_tells_schools_is_kept_and_checked(event, browsers):
    address = f"/host/events/{event.slug}/visits"

    refused = browsers["host"].post(address, data={"safeguarding_phone": "12"})
    assert refused.status_code == 422
    assert "is not a telephone number" in main(refused)
    browsers["host"].post(
        address, data={"first_aid": "In the office", "safeguarding_phone": "07700 900333"}
    )

    notes = queries.notes_of(event.id)
    assert (notes.first_aid, notes.safeguarding_phone) == ("In the office", "+447700900333")

"""Leaders: seen by their own school, and at a stop on its day; never before their school agrees."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from booking.days.leading import queries as leading_queries
from booking.days.tours import retention, service
from booking.days.tours.models import TourLeader
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import pupils, schools, tours
from tests.builders.stored import count

ADA, BO = "Zqleada Lovelace", "Zqlebo Baker"


@pytest.fixture
def led(world):
    """Provide the world with a published stop that two pupils lead."""
    pupil = pupils.make_pupil(
        school=world.upper, forename="Zqleada", surname="Lovelace", year_group=12
    )
    world.leaders = [tours.lead(world.tour, pupil=pupil), tours.lead(world.tour, name=BO)]
    world.stop = tours.publish(tours.agree_stop(world.tour, world.primary))
    tours.set_leaders(world.stop, *world.leaders)
    return world


def choose(stop, *leaders):
    with transaction():
        service.set_leaders(
            actor=COMMAND,
            now=clock.now(),
            stop=stop,
            public_ids=[leader.public_id for leader in leaders],
        )


def test_nobody_leads_before_their_school_agrees_or_at_two_stops_at_once(led):
    with transaction():
        [fresh] = service.add_leaders(
            actor=COMMAND, now=clock.now(), tour=led.tour, written=["Cy  Young "]
        )
    assert fresh.name == "Cy Young"
    with pytest.raises(service.LeaderNotAgreed):
        choose(led.stop, fresh)
    assert leading_queries.of_event(led.stop.event_id).agreed_at is not None
    elsewhere = tours.make_tour(led.upper, title="Evacuees")
    same = tours.lead(elsewhere, pupil=led.leaders[0].pupil)
    stop = tours.agree_stop(elsewhere, led.neighbour)
    with pytest.raises(service.TimeTaken):
        choose(stop, same)


def test_leaders_are_pupils_of_the_leading_school(led):
    stranger = pupils.make_pupil(school=led.primary)
    for wrong in ({"pupils": [stranger]}, {"written": [" "]}, {"written": ["x" * 121]}):
        with pytest.raises(service.TourRefused), transaction():
            service.add_leaders(actor=COMMAND, now=clock.now(), tour=led.tour, **wrong)


def test_a_host_adds_names_and_a_coordinator_agrees_and_picks_from_the_list(app, world):
    pupils.make_pupil(school=world.upper, forename="Zqleada", surname="Lovelace", year_group=12)
    here = f"/tours/{world.tour.slug}/leaders"
    host = schools.as_(app, world.keeper)
    assert "Zqleada" not in host.get(here).text
    assert host.post(here, data={"names": BO}).status_code == 303
    [leader] = db.session.scalars(select(TourLeader))
    ticked = {"leaders": [leader.public_id]}
    assert host.post(f"{here}/agree", data=ticked, check=False).status_code == 404

    coordinator = schools.as_(app, world.upper_coordinator)
    assert ADA in coordinator.get(here).text
    assert coordinator.post(f"{here}/agree", data=ticked).status_code == 303
    page = coordinator.get(here).text
    assert "Monday 1 March 2027, " + world.upper_coordinator.name in page
    removed = host.post(f"{here}/{leader.public_id}/remove")
    assert removed.status_code == 303
    assert count(TourLeader) == 0


def test_names_are_shown_to_the_host_on_the_day_and_to_nobody_else(app, led, time_machine):
    event = f"/host/events/{led.stop.event.slug}/"
    staff = schools.make_person(role=Role.DAY_STAFF, event_id=led.stop.event_id)
    lead = schools.make_person(role=Role.LEAD)
    addresses = [
        f"/tours/{led.tour.slug}",
        f"/tours/{led.tour.slug}/work",
        f"/tours/{led.tour.slug}/history",
        f"/events/{led.stop.event.slug}",
    ]

    def seen(person, *where):
        browser = schools.as_(app, person)
        return [n for n in ("Zqleada", "Zqlebo") if any(n in browser.get(w).text for w in where)]

    assert seen(led.host, event) == []
    assert "2 pupils lead it" in schools.as_(app, led.host).get(event).text
    for days, names in ((0, ["Zqleada", "Zqlebo"]), (1, [])):
        time_machine.move_to(tours.day_of(led.stop) + timedelta(days=days))
        assert seen(led.host, event) == seen(staff, event) == names
        assert seen(lead, event, *addresses) == []
        assert seen(led.keeper, *addresses[1:3]) == []
    assert not [
        mail for mail in db.session.scalars(select(Message)) if "Zqle" in mail.text + mail.subject
    ]


def test_a_certificate_lists_what_was_led_and_names_go_after_the_tour(app, led, time_machine):
    address = f"/tours/{led.tour.slug}/leaders/{led.leaders[0].public_id}/certificate.pdf"
    keeper = schools.as_(app, led.keeper)
    assert keeper.get(address).status_code == 303
    time_machine.move_to(led.stop.ends_at + timedelta(minutes=1))

    keeper = schools.as_(app, led.keeper)
    text = PdfReader(BytesIO(keeper.get(address).data)).pages[0].extract_text()
    text = " ".join(text.split())
    for words in (
        ADA,
        "Aldermere Upper",
        "World War II in a Box",
        "2 hours",
        "Tindlebrook Primary",
    ):
        assert words in text
    assert BO not in text
    assert schools.as_(app, led.host).get(address, check=False).status_code == 404

    _teachers, rule = retention.rules()
    over = max(led.stop.ends_at, tours.at(0)) + timedelta(days=90)
    assert rule.overdue(over) == 0
    with transaction():
        service.end(actor=COMMAND, now=clock.now(), tour=led.tour)
    ended = clock.now() + timedelta(days=91)
    assert rule.overdue(ended) == 2
    with transaction():
        rule.purge(ended, 500)
    assert count(TourLeader) == 0

"""The host keeps places for its own school: before the sharing, openly, and never more."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest

from booking.days.allocation import queries, service
from booking.days.events import service as event_service
from booking.days.events.details import details_of
from booking.days.events.models import Sharing
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Place
from booking.domain.permissions import COMMAND, Role
from booking.foundation import folders
from booking.foundation.db import db, transaction
from tests import page
from tests.builders import allocation, events, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def host():
    """Return the school that hosts."""
    return schools.make_school(name="Host Primary School", slug="host-primary")


@pytest.fixture
def guests(host):
    """Return two schools that ask."""
    return schools.make_school(slug="ash"), schools.make_school(slug="beech")


def numbers(event, school):
    """Return the numbers of the places that a school holds."""
    return list(
        db.session.scalars(
            db.select(Place.number)
            .where(Place.event_id == event.id, Place.school_id == school.id)
            .order_by(Place.number)
        )
    )


def test_the_host_holds_its_places_from_publication_and_may_name_at_once(host, guests):
    event = events.make_event(host=host, places=8, host_places=3)

    assert numbers(event, host) == [1, 2, 3]
    assert place_queries.places_left([event.id]) == {event.id: 5}
    assert not place_queries.is_shared(event.id)
    build.name(event, host)


def test_the_round_shares_the_others_and_gives_the_host_nothing_that_it_did_not_ask(host, guests):
    event = events.make_event(host=host, places=8, host_places=3)
    allocation.ask_all(event, guests, [4, 4])

    row = allocation.run_round(event)

    record = json.loads(row.record)
    assert (record["places"], record["host_places"]) == (5, 3)
    assert sorted(record["result"]["counts"]) == ["ash", "beech"]
    held = place_queries.held(event.id)
    assert held[host.id] == 3
    assert sorted(held[guest.id] for guest in guests) == [2, 3]
    assert service.verify(queries.round_of(event.id), event) == []


def test_what_the_host_asks_for_beyond_its_own_competes_like_any_request(host, guests):
    event = events.make_event(host=host, places=9, host_places=3)
    allocation.ask_all(event, [host, *guests], [7, 4, 4])

    record = json.loads(allocation.run_round(event).record)

    assert record["result"]["counts"] == {"ash": 2, "beech": 2, "host-primary": 2}
    assert next(c for c in record["claims"] if c["school"] == "host-primary")["wanted"] == 4
    assert place_queries.held(event.id)[host.id] == 5


def test_the_line_goes_on_from_the_round_whatever_the_host_keeps(host, guests):
    event = events.make_event(host=host, places=6, host_places=3)
    ash, beech = guests
    allocation.ask_all(event, [host, ash, beech], [7, 4, 4])
    row = allocation.run_round(event)
    order = json.loads(row.record)["result"]["order"]
    assert sorted(order) == ["ash", "beech", "host-primary"]

    # Each holds one of those shared: their second places come in the same order.
    waiting = place_queries.line_of(event).next_schools()
    by_slug = {school.slug: school.id for school in (host, ash, beech)}
    assert waiting[:3] == [by_slug[slug] for slug in order]


def test_what_the_host_gives_back_before_the_round_goes_to_the_line_after_it(host, guests):
    event = events.make_event(host=host, places=4, host_places=2)
    allocation.ask_all(event, guests, [4, 4])
    with transaction():
        places.give_back_places(
            actor=COMMAND, now=event.published_at, event=event, school=host, count=1
        )
    assert place_queries.places_left([event.id]) == {event.id: 3}

    row = allocation.run_round(event)

    assert json.loads(row.record)["places"] == 2
    assert place_queries.places_left([event.id]) == {event.id: 0}
    assert len([s for s in guests if build.open_offer(s, event)]) == 1
    assert service.verify(queries.round_of(event.id), event) == []


def test_the_published_record_verifies_with_the_script_alone(host, guests, tmp_path):
    event = events.make_event(host=host, places=8, host_places=3)
    allocation.ask_all(event, guests, [4, 4])
    path = tmp_path / "record.json"
    path.write_bytes(allocation.run_round(event).record.encode())

    script = [sys.executable, "-I", str(folders.VERIFY_ALLOCATION), str(path)]
    done = subprocess.run(script, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_everybody_reads_what_the_host_keeps_before_and_after_the_round(client, host, guests):
    event = events.make_event(host=host, places=8, host_places=3)
    slug = event.slug
    said = (
        "The host, Host Primary School, keeps 3 places for its own pupils before the 5 others are "
        "shared. If it asks for more, that request counts like any other school’s."
    )

    for address in (f"/events/{slug}", f"/events/{slug}/allocation"):
        assert said in page.words(page.soup(client.get(address)).find("main"))
    allocation.ask_all(event, guests, [4, 4])
    allocation.run_round(event)
    after = page.words(page.soup(client.get(f"/events/{slug}/allocation")).find("main"))
    assert said in after
    assert "3 others kept for the host’s own school" in after


def test_first_come_places_start_after_the_hosts_own(host, guests):
    event = events.make_event(
        host=host, sharing=Sharing.FIRST_COME, places=4, host_places=1, cap_per_school=2
    )
    build.ask(event, guests[0], 2)
    build.ask(event, host, 3)

    assert place_queries.held(event.id) == {guests[0].id: 2, host.id: 2}


def refusal_of(host, **details):
    with pytest.raises(event_service.EventRefused) as refused:
        events.make_event(host=host, **details)
    return {problem.field: problem.words for problem in refused.value.problems}


def test_the_host_must_leave_a_place_to_share_and_may_not_keep_less_than_none(host, guests):
    leave = {"host_places": "Leave at least 1 place to share with other schools."}
    assert refusal_of(host, places=3, host_places=3) == leave
    least = {"host_places": "Enter a number from 0 to 2,000."}
    assert refusal_of(host, places=3, host_places=-1) == least


def test_a_host_without_pupils_of_the_years_keeps_no_places(guests):
    secondary = schools.make_school(low_year=7, high_year=13)

    assert refusal_of(secondary, host_places=1) == {
        "host_places": "The host’s own school has no pupils in these years, so it cannot keep any "
        "places."
    }


def test_under_set_quotas_the_host_sets_its_own_quota_instead(host, guests):
    event = events.make_event(host=host, sharing=Sharing.SET_QUOTAS, host_places=3)

    assert event.host_places == 0
    assert place_queries.held(event.id) == {}


def test_what_the_host_keeps_is_fixed_once_published(host, guests):
    event = events.make_event(host=host, places=8, host_places=3)
    details = details_of(event)
    with pytest.raises(event_service.EventRefused, match="own places are fixed"), transaction():
        event_service.change(
            actor=COMMAND,
            now=event.published_at,
            event=event,
            details=replace(details, host_places=4),
        )


def test_the_host_writes_the_number_in_the_form_and_reads_it_when_asking(client, host, guests):
    person = schools.make_person(role=Role.HOST, school=host)
    schools.grant(person, Role.COORDINATOR, host)
    schools.sign_in(client, person)
    assert "Places for the host’s own school" in client.get("/host/events/new").text
    event = events.make_event(host=host, places=8, host_places=3)

    shown = client.get(f"/school/events/{event.slug}/").text

    assert "including the 3 places that you keep as the host" in shown

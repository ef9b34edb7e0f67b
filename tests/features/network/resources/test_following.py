"""The private feed of what is new: Atom, of one person, without any author's name."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.network.resources.models import ResourceFeed
from booking.people.schools import service as school_service
from tests.builders import events, resources, schools

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def address(browser_of, reader):
    """Provide the reader's address."""
    return made_in(browser_of(reader))


def made_in(browser):
    page = browser.post("/resources/follow")
    assert page.headers["Cache-Control"] == "no-store"
    return re.search(r"/resources/feeds/[\w-]{43}\.atom", page.text)[0]


def test_a_program_reads_titles_words_and_schools_and_no_name(client, address, shared):
    answer = client.get(address)

    assert answer.content_type == "application/atom+xml; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    feed = ElementTree.fromstring(answer.data)
    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Bridges from paper"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ashdale School"
    assert entry.findtext(f"{ATOM}summary").startswith("Lesson plan, Years 5 to 6. Pupils build")
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/resources/{shared.public_id}")
    assert {each.get("label") for each in entry.findall(f"{ATOM}category")} == {
        "Design and technology",
        "Science",
    }
    for needed in ("id", "title", "updated"):
        assert feed.findtext(ATOM + needed)
    assert b"Author" not in answer.data


def test_an_unchanged_feed_is_answered_without_a_body(client, address, ashdale, shared):
    tag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag}, check=False)
    assert (again.status_code, again.data) == (304, b"")
    resources.share(school=ashdale, title="Something new")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_what_no_xml_can_hold_is_left_out(client, address, ashdale):
    resources.share(school=ashdale, title="A\x0bB & <c>", about="x\ufffe")

    [entry] = ElementTree.fromstring(client.get(address).data).findall(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "AB & <c>"


def test_a_feed_is_as_cheap_with_many(client, address, ashdale, count_queries):
    def queries_of():
        with count_queries() as queries:
            client.get(address)
        return len(queries)

    resources.share(school=ashdale)
    few = queries_of()
    for n in range(4):
        resources.share(school=ashdale, title=f"Number {n}")
    assert queries_of() == few


def test_another_address_ends_the_first_and_it_can_be_ended(client, browser_of, reader, address):
    there = browser_of(reader)
    second = made_in(there)
    assert client.get(address, check=False).status_code == 404
    assert client.get(second).status_code == 200

    assert there.post("/resources/follow/end").status_code == 303

    assert client.get(second, check=False).status_code == 404
    assert db.session.get(ResourceFeed, reader.id) is None


def test_whoever_no_longer_sees_network_life_reads_nothing(client, address, reader, lead):
    with transaction():
        school_service.revoke_role(
            actor=schools.actor_of(lead), now=clock.now(), grant=reader.grants[0]
        )

    assert client.get(address, check=False).status_code == 404


def test_helpers_of_one_day_do_not_follow(browser_of, db_session):
    helper = schools.make_person(role=Role.DAY_STAFF, event_id=events.make_event().id)
    assert browser_of(helper).get("/resources/follow", check=False).status_code == 404


def test_a_withdrawn_resource_is_not_told(client, address, shared):
    resources.withdraw(shared, ago=timedelta(days=1))

    assert b"<entry>" not in client.get(address).data

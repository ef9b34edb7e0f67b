"""The programme for search engines, feed readers and schools' own sites."""

import json
from datetime import datetime
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from booking.days.events.models import Event, EventState
from booking.domain.charging import FeeKind
from booking.domain.permissions import Role
from booking.foundation.db import db
from tests.builders import checkout, events, schools
from tests.page import header_problems, soup, text

#: Words that occur nowhere else.
DRAFT, CALLED_OFF, LEADER = "Zqdraft", "Zqcancelled", "Zqleader"
#: What would end the block of data, if it were not escaped.
CONCEPT = "Build </script><script>alert(1)</script> a bridge."
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def programme(db_session):
    """A published event, a charged one, a draft and a cancelled one."""
    host = schools.make_school()
    shown = events.make_event(host=host, title="Rivers & bridges", concept=CONCEPT, led_by=LEADER)
    charged = checkout.make_fee_event(FeeKind.CHARGE, title="Charged day")
    events.make_event(host=host, title=f"{DRAFT} day", published=False)
    cancelled = events.make_event(host=host, title=f"{CALLED_OFF} day")
    events.cancel_event(cancelled)
    return shown, charged, cancelled


def data_of(client, event):
    page = client.get(f"/events/{event.slug}")
    [block] = soup(page).select('script[type="application/ld+json"]')
    assert "</" not in block.string  # no text of an event can end the block
    return json.loads(block.string)


def test_an_event_says_to_search_engines_what_its_page_says(client, programme):
    shown, charged, cancelled = programme
    data = data_of(client, shown)
    needed = {"@context", "@type", "name", "startDate", "endDate", "eventStatus", "location"}
    assert needed <= data.keys()
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Event")
    assert (data["name"], data["description"]) == ("Rivers & bridges", CONCEPT)
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"]["@type"] == "Place"
    assert data["location"]["address"]
    assert data["organizer"] == {"@type": "Organization", "name": shown.host_school.name}
    starts, ends = (datetime.fromisoformat(data[key]) for key in ("startDate", "endDate"))
    assert (starts.utcoffset() is not None, starts < ends) == (True, True)
    assert data["isAccessibleForFree"]
    assert LEADER not in json.dumps(data)

    assert not data_of(client, charged)["isAccessibleForFree"]
    assert data_of(client, cancelled)["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_draft_says_nothing_to_anybody(client, programme):
    lead = schools.make_person(role=Role.LEAD)
    schools.sign_in(client, lead)
    draft = db.session.query(Event).filter_by(state=EventState.DRAFT).one()
    page = client.get(f"/events/{draft.slug}")
    assert page.status_code == 200
    assert soup(page).select('script[type="application/ld+json"]') == []


def test_the_map_has_public_pages_only(client, programme):
    shown, charged, cancelled = programme
    answer = client.get("/sitemap.xml")
    found = {each.text for each in ElementTree.fromstring(answer.data).iter(f"{MAP}loc")}
    base = "http://localhost:8000"
    assert {f"{base}/events/{each.slug}" for each in (shown, charged)} <= found
    assert f"{base}/events/{cancelled.slug}" not in found
    assert DRAFT not in answer.text
    for address in sorted(found):
        assert client.get(address.removeprefix(base)).status_code == 200


def test_robots_may_read_what_is_public_and_are_told_of_nothing_else(client, programme):
    answer = client.get("/robots.txt")
    assert "Sitemap: http://localhost:8000/sitemap.xml" in answer.text
    for private in ("parent", "fund", "school/", "host/", "reset", "invitation"):
        assert private not in answer.text
    rules = RobotFileParser()
    rules.parse(answer.text.splitlines())
    assert rules.can_fetch("*", f"/events/{programme[0].slug}")
    for private in ("/parent/x", "/fund/", "/school/", "/sign-in", "/paid/x"):
        assert not rules.can_fetch("*", private)


def test_the_feed_is_atom_and_says_what_is_cancelled(client, programme):
    answer = client.get("/events.atom")
    feed = ElementTree.fromstring(answer.data)
    assert answer.mimetype == "application/atom+xml"
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        assert datetime.fromisoformat(part.findtext(f"{ATOM}updated")).utcoffset() is not None
    titles = {entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")}
    assert titles == {"Rivers & bridges", "Charged day", f"Cancelled: {CALLED_OFF} day"}
    assert DRAFT not in answer.text
    assert LEADER not in answer.text
    assert client.get("/events.atom").data == answer.data


def test_a_school_shows_the_list_on_its_own_site(client, programme):
    shown, charged, _ = programme
    answer = client.get("/embed/events")
    assert "Set-Cookie" not in answer.headers
    assert header_problems(answer) == []
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    said = text(answer)
    assert "Rivers & bridges" in said
    assert "Charged day" in said
    for unseen in (DRAFT, CALLED_OFF, LEADER):
        assert unseen not in answer.text
    only = text(client.get(f"/embed/events?host={charged.host_school.slug}"))
    assert ("Charged day" in only, "Rivers" in only) == (True, False)
    nobody = text(client.get("/embed/events?host=nobody"))
    assert "No event is announced at the moment." in nobody
    # No other page may be shown inside another site.
    for path in ("/", "/embed", f"/events/{shown.slug}"):
        assert "frame-ancestors 'none'" in client.get(path).headers["Content-Security-Policy"]


def test_the_line_to_copy_shows_what_it_says(client, programme):
    shown = programme[0]
    page = soup(client.get(f"/embed?host={shown.host_school.slug}"))
    [line] = [each.text for each in page.select("pre code")]
    [frame] = BeautifulSoup(line, "html.parser").select("iframe")
    assert frame["title"] == "Events to come"
    address = frame["src"].removeprefix("http://localhost:8000")
    assert "Rivers" in text(client.get(address))

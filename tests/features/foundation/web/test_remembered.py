"""Public pages are written once for all visitors, and again as soon as anything changes."""

from datetime import timedelta

import pytest
from flask import Response

from booking.days.events import service as event_service
from booking.days.events.details import details_of
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.web import remembered
from tests.builders import events, schools
from tests.builders.schools import sign_in

ONE_QUERY = 1


@pytest.fixture
def event(db_session):
    return events.make_event(title="Puzzle day")


def retitle(event, title):
    with transaction():
        details = details_of(event)
        changed = event_service.EventDetails(**{**vars(details), "title": title})
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=changed)


def selects(statements):
    return [statement for statement in statements if statement.startswith("SELECT")]


@pytest.mark.parametrize("path", ["/", "/events/{slug}", "/events/{slug}.ics"])
def test_the_second_visitor_costs_one_query(client, event, count_queries, path):
    path = path.format(slug=event.slug)
    first = client.get(path)

    with count_queries() as statements:
        second = client.get(path)

    assert (second.status_code, second.data) == (200, first.data)
    assert len(selects(statements)) == ONE_QUERY


@pytest.mark.parametrize("path", ["/", "/events/{slug}", "/events/{slug}.ics"])
def test_a_visitor_who_has_the_page_is_sent_nothing(client, event, path):
    path = path.format(slug=event.slug)
    tag = client.get(path).headers["ETag"]

    again = client.get(path, headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag


def test_a_page_asked_for_conditionally_is_kept_whole(app, client, event):
    tag = client.get("/").headers["ETag"]
    app.extensions["remembered"]._pages.clear()

    client.get("/", headers={"If-None-Match": tag})

    assert "Puzzle day" in client.get("/").get_data(as_text=True)


def test_a_change_is_seen_at_once(client, event):
    slug = event.slug
    client.get("/")
    client.get(f"/events/{slug}")

    retitle(event, "Riddle day")

    for path in ("/", f"/events/{slug}"):
        assert "Riddle day" in client.get(path).get_data(as_text=True)


def test_a_deadline_is_seen_when_it_comes(client, event, time_machine):
    assert "Requests open" in client.get("/").get_data(as_text=True)

    time_machine.move_to(event.requests_close_at + timedelta(seconds=1))

    assert "Requests closed" in client.get("/").get_data(as_text=True)


def test_whoever_is_signed_in_gets_a_page_of_their_own(client, app, event):
    person = schools.make_person(name="Harriet Hale")
    client.get("/")
    browser = app.test_client()
    sign_in(browser, person)

    own = browser.get("/")

    assert "Harriet Hale" in own.get_data(as_text=True)
    assert own.headers["Cache-Control"] == "no-store"
    assert "Harriet Hale" not in client.get("/").get_data(as_text=True)


#: Ways to write the cookie of a session that the framework's parser reads as that session.
SPELLINGS = [
    "sid={token}",
    "sid ={token}",
    "sid\t={token}",
    "sid  \t = {token}",
    " sid = {token} ",
    'sid="{token}"',
    'sid ="{token}"',
    'sid = "{escaped}"',
    "a=b; sid ={token}",
    "a=b;sid\t={token};c=d",
    "=; ;;sid ={token}",
    "sid ={token}; sid=other",
    "sid ={token}; sid =",
    "SID=other; sid ={token}",
    "sid ={token}; remember_token=other",
]


@pytest.mark.parametrize("path", ["/", "/events/{slug}", "/calendar"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_the_cookie_makes_a_member_a_visitor(app, event, client, spelling, path):
    path, token = path.format(slug=event.slug), token_of_harriet(app)
    escaped = "".join(f"\\{ord(letter):03o}" for letter in token)
    cookie = spelling.format(token=token, escaped=escaped)
    browser = app.test_client(use_cookies=False)

    own = browser.get(path, headers={"Cookie": cookie})

    assert "Harriet Hale" in own.get_data(as_text=True)
    assert app.extensions["remembered"]._pages == {}
    client.get(path)
    again = browser.get(path, headers={"Cookie": cookie})
    assert "Harriet Hale" in again.get_data(as_text=True)
    assert "Harriet Hale" not in client.get(path).get_data(as_text=True)


#: Cookies that name no session, however much they look like it.
NO_SESSION = ["", "sid=", "sid =", 'sid=""', "sid", "SID={token}", "side={token}", "a=sid={token}"]


@pytest.mark.parametrize("cookie", NO_SESSION)
def test_a_cookie_that_names_no_session_leaves_a_visitor(app, event, cookie):
    token, browser = token_of_harriet(app), app.test_client(use_cookies=False)

    page = browser.get("/", headers={"Cookie": cookie.format(token=token)})

    assert "Harriet Hale" not in page.get_data(as_text=True)
    assert app.extensions["remembered"].page("/?").body == page.data


@pytest.mark.parametrize("joined", [",", ", ", ";", "; "])
def test_several_cookie_headers_are_read_as_the_session_is(app, event, client, joined):
    """Servers join the headers of one name each in their own way."""
    token, browser = token_of_harriet(app), app.test_client(use_cookies=False)

    page = browser.get("/", headers={"Cookie": joined.join(["a=b", f"sid ={token}"])})

    signed_in = "Harriet Hale" in page.get_data(as_text=True)
    assert signed_in == (joined.strip() == ";")
    assert (app.extensions["remembered"].page("/?") is None) == signed_in
    assert "Harriet Hale" not in client.get("/").get_data(as_text=True)


def test_a_page_of_a_member_is_not_kept_even_if_taken_for_a_visitors(app, event, monkeypatch):
    monkeypatch.setattr(remembered.Memory, "is_visitor", lambda _memory, _environ: True)
    browser = app.test_client()
    sign_in(browser, schools.make_person(name="Harriet Hale"))

    assert "Harriet Hale" in browser.get("/").get_data(as_text=True)

    assert app.extensions["remembered"]._pages == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Cache-Control", "no-store"),
        ("Cache-Control", "private, max-age=60"),
        ("Set-Cookie", "seen=1; Path=/"),
    ],
)
def test_an_answer_for_one_reader_is_not_kept(app, event, monkeypatch, name, text):
    own = remembered.for_visitors(
        lambda: Response("For one.", mimetype="text/plain", headers={name: text})
    )
    monkeypatch.setitem(app.view_functions, "events.listing", own)

    assert app.test_client().get("/").data == b"For one."

    assert app.extensions["remembered"]._pages == {}


def token_of_harriet(app):
    browser = app.test_client()
    sign_in(browser, schools.make_person(name="Harriet Hale"))
    token = browser.get_cookie("sid").value
    app.extensions["remembered"].forget()
    return token


def test_readers_ask_again_and_caches_tell_visitors_from_members(client, event):
    headers = client.get("/").headers

    assert headers["Cache-Control"] == "no-cache"
    assert "Cookie" in headers["Vary"]


def test_a_missing_page_is_not_kept(client, event):
    assert client.get("/events/riddle-day-2027").status_code == 404

    retitled = events.make_event(title="Riddle day")

    assert client.get(f"/events/{retitled.slug}").status_code == 200


def test_only_so_many_pages_are_kept(app, client, event, monkeypatch):
    monkeypatch.setattr(remembered, "PAGES_MAX", 2)

    for number in range(5):
        client.get(f"/?q=word{number}")

    memory = app.extensions["remembered"]
    kept = [n for n in range(5) if memory.page(f"/?q=word{n}") is not None]
    assert kept == [3, 4]


def test_nothing_is_kept_of_a_site_where_nothing_happened(app, client):
    client.get("/")

    assert app.extensions["remembered"].page("/?") is None
    with app.app_context():
        assert remembered.mark() is None
        db.session.rollback()


@pytest.mark.parametrize("recorded", [2, 150])
def test_an_entry_that_is_committed_after_newer_ones_is_seen(db_session, recorded):
    numbers = [number for number in range(1, recorded + 2) if number != recorded]
    with transaction():
        db.session.add_all(entry(number) for number in numbers)
    before = remembered.mark()

    with transaction():
        db.session.add(entry(recorded))

    assert remembered.mark() != before
    assert remembered.mark() == remembered.mark()


def entry(number):
    """Return an entry of the audit trail under a number of our own: 1,000 and so many."""
    return AuditEntry(
        id=1_000 + number, actor_kind="worker", action="test", subject_type="x", subject_id="1"
    )

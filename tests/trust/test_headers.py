"""Every answer of every route carries the security headers, whatever its status."""

from functools import partial

import pytest
from flask import Response, abort, redirect
from werkzeug.exceptions import RequestEntityTooLarge, TooManyRequests

from tests.page import EMBEDDED, check_page, header_problems, words
from tests.trust.matrix import ROWS
from tests.trust.network import ROLES

STATUSES = (200, 302, 303, 304, 400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)
#: Requested by somebody who is signed in; the others by a visitor.
SIGNED_IN_TOO = {200, 303, 404, 413, 422, 500}
#: An address of these holds a secret.
SECRET_PATHS = (
    "/parent/",
    "/invitations/",
    "/reset/",
    "/mail/stop/",
    "/new-address/",
    "/paid/",
    "/demo-processor/",
)
#: A private calendar may be kept, but not passed on nor used without asking again.
FEED = "/calendar/feeds/"


def answer_with(status):
    """Return a view that answers with a status, in the way the site would."""

    def view(**_parts):
        if status == 200:
            return "<p>All is well.</p>"
        if status in {302, 303}:
            return redirect("/", code=status)
        if status == 304:
            return Response(status=304)
        if status == 413:
            raise RequestEntityTooLarge
        if status == 429:
            raise TooManyRequests(retry_after=60)
        if status == 500:
            raise ZeroDivisionError
        return abort(status)

    return view


@pytest.fixture
def answering(world, monkeypatch):
    """Make every route answer with one status."""

    def answer(status):
        world.app.extensions["remembered"].forget()
        for endpoint in world.app.view_functions:
            monkeypatch.setitem(world.app.view_functions, endpoint, answer_with(status))

    return answer


def problems_of(response, *, secret):
    """Return what is missing in the headers of an answer."""
    found = [p for p in header_problems(response) if "policy" not in p]
    policy = response.headers.get("Content-Security-Policy", "")
    for directive in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        embedded = response.request.path in EMBEDDED and response.status_code == 200
        if embedded and directive.startswith("frame-ancestors"):
            continue
        if directive not in policy:
            found.append(f"no {directive}")
    if secret and response.headers.get("Cache-Control") != "no-store":
        found.append(f"Cache-Control is {response.headers.get('Cache-Control')!r}")
    if "Server" in response.headers or "X-Powered-By" in response.headers:
        found.append("the server says what it is")
    return found


def sender(browser):
    """Return a way to ask as a browser whose session stays the same: its token is made once."""
    headers = {"X-CSRFToken": browser.csrf_token()}
    return partial(browser.open, csrf=False, check=False, headers=headers)


@pytest.mark.sweep
@pytest.mark.parametrize("status", STATUSES)
def test_every_route_answers_with_every_header(world, answering, status):
    answering(status)
    problems = []
    # Half of them as a visitor; the headers are the same but for what may be kept.
    role = "own" if status in SIGNED_IN_TOO else "visitor"
    ask = sender(world.browsers[role])

    for row in ROWS:
        address = world.address(row.address)
        response = ask(address, method=row.method)
        assert response.status_code == status, f"{row}: {response.status_code}"
        secret = role != "visitor" or address.startswith(SECRET_PATHS)
        found = problems_of(response, secret=secret)
        problems += [f"{row} {status}: {problem}" for problem in found]

    assert problems == []


@pytest.mark.sweep
def test_real_answers_carry_them_too(world):
    # Pictures and files write a content policy of their own: as they really answer.
    for row in (row for row in ROWS if row.method == "GET"):
        for role in ROLES:
            if role not in row.who:
                continue
            address = world.address(row.address)
            response = world.browsers[role].get(address, check=False)
            secret = role != "visitor" or address.startswith(SECRET_PATHS)
            if row.endpoint == "files.download":
                assert response.headers["Cache-Control"] == "private, no-cache"
                secret = False
            assert problems_of(response, secret=secret and not address.startswith(FEED)) == [], row
            break


@pytest.mark.sweep
@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE"])
def test_methods_that_nobody_offers_are_refused_with_every_header(world, method):
    ask = sender(world.browsers["own"])
    for row in ROWS:
        response = ask(world.address(row.address), method=method)
        assert response.status_code in {400, 405}, row
        assert problems_of(response, secret=True) == [], row


def test_a_form_that_is_too_large_is_refused_with_every_header(world):
    too_much = b"a=" + b"x" * (world.app.config["MAX_CONTENT_LENGTH"] + 1)
    for row in (row for row in ROWS if row.method == "POST"):
        response = world.browsers["own"].post(
            world.address(row.address),
            data=too_much,
            csrf=False,
            check=False,
            content_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 413, row
        assert problems_of(response, secret=True) == [], row


def test_an_address_that_does_not_exist_answers_with_every_header(world):
    for address in ("/nowhere", "/static/nothing.css", "/events/", "/host", "/%00", "/..%2f"):
        response = world.browsers["visitor"].get(address, check=False)
        assert response.status_code in {404, 308}, address
        assert problems_of(response, secret=False) == [], address


def test_a_private_calendar_is_kept_by_nobody_else(world):
    feed = world.browsers["visitor"].get(world.address("/calendar/feeds/{feed_token}.ics"))

    assert feed.headers["Cache-Control"] == "private, no-cache"
    assert feed.headers["Referrer-Policy"] == "no-referrer"
    assert feed.headers["X-Robots-Tag"] == "noindex"


def test_pages_with_a_secret_in_their_address_tell_it_to_no_other_site(world):
    for row in (row for row in ROWS if row.unknown and row.method == "GET"):
        response = world.browsers["visitor"].get(world.address(row.address), check=False)
        assert response.headers["Referrer-Policy"] == "no-referrer", row


def test_style_sheets_may_be_kept_even_by_somebody_who_is_signed_in(world):
    response = world.browsers["own"].get("/static/theme.css")

    assert "no-store" not in response.headers.get("Cache-Control", "")
    assert problems_of(response, secret=False) == []


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(world):
    world.app.config["SESSION_COOKIE_SECURE"] = True
    try:
        visitor = world.app.test_client()
        cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    finally:
        world.app.config["SESSION_COOKIE_SECURE"] = False

    assert cookie.startswith("sid=")
    flags = {flag.strip() for flag in cookie.split(";")[1:]}
    assert flags == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}
    assert len(cookie.split(";")[0]) >= len("sid=") + 43, "256 random bits"


def test_two_visitors_never_have_the_same_session(world):
    cookies = {world.app.test_client().get("/sign-in").headers["Set-Cookie"] for _ in range(20)}

    assert len(cookies) == 20


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "We could not read that request"),
        (403, "You do not have permission to do that"),
        (404, "We could not find that page"),
        (405, "That page does not work that way"),
        (409, "Somebody else got there first"),
        (410, "That page is no longer available"),
        (413, "That file is too large"),
        (415, "We could not read that request"),
        (422, "Something in that form needs changing"),
        (429, "Please wait a moment"),
        (500, "Sorry, something went wrong"),
        (503, "Closed for a short time"),
    ],
)
def test_each_refusal_has_a_civil_page_of_its_own(world, answering, status, heading):
    answering(status)

    response = world.browsers["visitor"].get("/about", check=False)

    assert response.status_code == status
    assert words(check_page(response).h1) == heading


@pytest.mark.parametrize("address", ["/", "/events.atom", "/embed/events", "/network.css"])
def test_no_answer_is_for_other_sites_scripts(world, address):
    answer = world.app.test_client().get(address, headers={"Origin": "https://other.example"})

    assert answer.status_code == 200
    assert [
        name for name, _text in answer.headers if name.lower().startswith("access-control")
    ] == []


@pytest.mark.sweep
def test_text_says_its_encoding(world):
    """What everybody may read: the other pages are answered by the same function."""
    kinds = set()
    for row in (row for row in ROWS if row.method == "GET" and "visitor" in row.who):
        answer = world.browsers["visitor"].get(world.address(row.address), check=False)
        kinds |= {answer.content_type} if answer.status_code == 200 else set()
    texts = {kind for kind in kinds if kind.startswith("text/") or "+xml" in kind or "/xml" in kind}

    assert {kind.partition(";")[0] for kind in texts} >= {"text/html", "text/plain", "text/css"}
    assert [kind for kind in texts if "charset=utf-8" not in kind.lower()] == []

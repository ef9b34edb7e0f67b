"""Checks that every page loaded by any test keeps the promises of all pages."""

import contextvars
import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import has_app_context
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from booking.foundation.db import db
from tests import outline
from tests.outline import SENT_AGAIN, UNLABELLED_INPUTS

CHECKED_STATUSES = {200, 422}
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
REFERRER_POLICIES = {"no-referrer", "strict-origin-when-cross-origin"}
#: An example of a mail, which is no page of ours: it looks as mail does.
LETTER = "/admin/outbox/examples/letter"
#: Where pages may be shown: inside any site, and inside ours.
EMBEDDED = {"/embed/events": "*", LETTER: "'self'"}
CONTENT_POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "style-src": "'self'",
}


def keep_promises(response: TestResponse) -> None:
    """Assert what every page promises; a page that is plainly sound is not looked at closely."""
    if response.request and response.request.path == LETTER and response.status_code == 200:
        return
    if header_problems(response) or not outline.is_sound(response.get_data(as_text=True)):
        check_page(response)


def check_page(response: TestResponse) -> BeautifulSoup:
    """Assert what every page promises, and return the parsed page."""
    page = soup(response)
    problems = [
        *heading_problems(page),
        *id_problems(page),
        *label_problems(page),
        *form_problems(page),
        *inline_problems(page),
        *header_problems(response),
    ]
    where = f"{response.request.method} {response.request.path}" if response.request else "page"
    assert not problems, f"{where}:\n  " + "\n  ".join(problems)
    return page


def soup(response: TestResponse) -> BeautifulSoup:
    """Return the parsed page of a response."""
    return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def words(tag: Tag | None) -> str:
    """Return the text of a tag with single spaces, as a reader sees it."""
    return " ".join(tag.get_text(" ").split()) if tag else ""


def text(response: TestResponse) -> str:
    """Return the words of a page's main part."""
    return words(soup(response).main)


def table_rows(response: TestResponse, caption: str) -> list[list[str]]:
    """Return the words of each cell of the table with this caption, row by row."""
    assert response.status_code == 200
    table = next(t for t in soup(response).find_all("table") if words(t.caption) == caption)
    rows = table.select("tbody tr, tfoot tr")
    return [[words(cell) for cell in row.find_all(["th", "td"])] for row in rows]


def heading_problems(page: BeautifulSoup) -> list[str]:
    """One h1; the title starts with it ("Error: " may come first); the language is named."""
    problems = []
    headings = page.find_all("h1")
    if len(headings) != 1:
        problems.append(f"{len(headings)} h1 headings, not one")
    elif not words(page.title).removeprefix("Error: ").startswith(words(headings[0])):
        title, heading = words(page.title), words(headings[0])
        problems.append(f"the title {title!r} does not start with the h1 {heading!r}")
    if not (page.html and page.html.get("lang")):
        problems.append("<html> has no lang")
    return problems


def id_problems(page: BeautifulSoup) -> list[str]:
    """No id appears twice, and everything that refers to an id refers to one that exists."""
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    problems = [
        f"id {name!r} is used twice" for name in sorted({i for i in ids if ids.count(i) > 1})
    ]
    for tag in page.find_all(attrs={"aria-describedby": True}):
        for name in str(tag["aria-describedby"]).split():
            if name not in ids:
                problems.append(f"aria-describedby names {name!r}, which is not there")
    for link in page.find_all("a", href=re.compile("^#.")):
        if str(link["href"])[1:] not in ids:
            problems.append(f"a link points at {link['href']}, which is not there")
    return problems


def label_problems(page: BeautifulSoup) -> list[str]:
    """Each input has a label with words in it; each image, link and button a name."""
    labelled = {
        label["for"] for label in page.find_all("label", attrs={"for": True}) if words(label)
    }
    problems = []
    for field in page.find_all(["input", "select", "textarea"]):
        if field.name == "input" and field.get("type", "text") in UNLABELLED_INPUTS:
            continue
        inside = field.find_parent("label")
        named = field.get("aria-label") or field.get("aria-labelledby")
        if not (field.get("id") in labelled or (inside and words(inside)) or named):
            problems.append(f"no label on {field.name} {field.get('name')!r}")
    problems += [f"no alt on image {i.get('src')!r}" for i in page.find_all("img", alt=False)]
    for tag in page.find_all(["a", "button"]):
        if not (words(tag) or tag.get("aria-label") or tag.find("img", alt=re.compile("."))):
            problems.append(f"no words on {tag.name} {tag.get('href') or tag.get('name')!r}")
    return problems


def form_problems(page: BeautifulSoup) -> list[str]:
    """Each form that posts carries our token and a key of its own; none goes to another site."""
    problems = []
    for form in page.find_all("form"):
        action = str(form.get("action", ""))
        if str(form.get("method", "get")).lower() != "post":
            continue
        if not form.find("input", attrs={"name": "csrf_token", "value": re.compile(".")}):
            problems.append(f"no csrf_token in the form that posts to {action!r}")
        if action not in SENT_AGAIN and not form.find("input", attrs={"name": "form_key"}):
            problems.append(f"no form_key in the form that posts to {action!r}: use csrf()")
        if re.match(r"(?:[a-z]+:)?//", action):
            problems.append(f"a form posts to another site: {action!r}")
    return problems


def inline_problems(page: BeautifulSoup) -> list[str]:
    """No script, style or handler in the page itself; nothing from another site."""
    problems = [
        f"inline script: {words(script)[:60]!r}"
        for script in page.find_all("script", src=False)
        if script.get("type") not in {"application/json", "application/ld+json"}
    ]
    problems += [f"inline style: {words(style)[:60]!r}" for style in page.find_all("style")]
    for tag in page.find_all(True):
        inline = [name for name in tag.attrs if name == "style" or name.startswith("on")]
        problems += [f"inline {name} on {tag.name}" for name in inline]
        address = str(tag.get("src") or (tag.get("href") if tag.name == "link" else "") or "")
        if re.match(r"(?:https?:)?//", address):
            problems.append(f"{tag.name} from another site: {address!r}")
        if str(tag.get("href", "")).lower().startswith("javascript:"):
            problems.append("a link is a script")
    return problems


def content_policy(response: TestResponse) -> dict[str, str]:
    """Return what a page's content policy says; few pages may be shown inside others."""
    asked = response.request.path if response.request else ""
    embedded = asked in EMBEDDED and response.status_code == 200
    return CONTENT_POLICY | {"frame-ancestors": EMBEDDED[asked]} if embedded else CONTENT_POLICY


def header_problems(response: TestResponse) -> list[str]:
    """The security headers, and a content policy with no way round it."""
    headers = response.headers
    problems = [
        f"header {name} is {headers.get(name)!r}, not {value!r}"
        for name, value in HEADERS.items()
        if headers.get(name) != value
    ]
    if headers.get("Referrer-Policy") not in REFERRER_POLICIES:
        problems.append(f"header Referrer-Policy is {headers.get('Referrer-Policy')!r}")
    policy = {}
    for directive in headers.get("Content-Security-Policy", "").split(";"):
        name, _, value = directive.strip().partition(" ")
        policy[name] = value
    problems += [
        f"content policy {name} is {policy.get(name)!r}, not {value!r}"
        for name, value in content_policy(response).items()
        if policy.get(name) != value
    ]
    if "unsafe" in headers.get("Content-Security-Policy", ""):
        problems.append("the content policy allows something unsafe")
    return problems


class CheckedClient(FlaskClient):
    """A browser without JavaScript: sends the form token, and checks each page it gets.

    `client.post(url, data={...})` carries the token, as a form on a page would;
    `client.post(url, csrf=False)` does not. A request never shares the test's own database
    session: the test reads afresh what the request has written.
    """

    def open(self, *args: Any, csrf: bool = True, check: bool = True, **kwargs: Any) -> Any:
        """Make a request; `check=False` leaves the page unchecked."""
        if has_app_context():
            assert not db.session.info.get("writing"), "leave `with transaction():` first"
            db.session.rollback()  # ends the test's reading, so that the request can write
        method = str(kwargs.get("method", "GET")).upper()
        if csrf and method not in {"GET", "HEAD", "OPTIONS"}:
            kwargs["headers"] = {
                "X-CSRFToken": self.csrf_token(),
                **dict(kwargs.get("headers") or {}),
            }
        if self.preserve_context:
            return super().open(*args, **kwargs)
        # In an empty context, Flask begins an application context of the request's own.
        kwargs.setdefault("buffered", True)
        response = contextvars.Context().run(super().open, *args, **kwargs)
        if check and response.status_code in CHECKED_STATUSES and response.mimetype == "text/html":
            keep_promises(response)
        return response

    def csrf_token(self) -> str:
        """Return a token for this browser's session, which begins if necessary."""
        return contextvars.Context().run(self._csrf_token)

    def _csrf_token(self) -> str:
        with self.session_transaction() as session:
            if "csrf_token" not in session:
                session["csrf_token"] = "0123456789abcdef0123456789abcdef01234567"
            kept = session["csrf_token"]
        with self.application.test_request_context():
            from flask import session as current

            current["csrf_token"] = kept
            return generate_csrf()

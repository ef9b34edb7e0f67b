"""Whatever people type is text: never an element or attribute in a page, or a formula in a file."""

import csv
import io
from collections import Counter
from html.parser import HTMLParser

import pytest
import time_machine
from sqlalchemy import update

from booking.days.events.models import CostLine, Event, EventFeePart, Theme
from booking.domain import spreadsheets
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import exports
from booking.on_the_day.calendars.models import Feed
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Closure, Invitation, Person, School, Term
from tests.trust.crawling import text_of
from tests.trust.matrix import ROWS
from tests.trust.network import ROLES
from tests.trust.payloads import FORMULAS, MARKUP

pytestmark = [pytest.mark.sweep, pytest.mark.usefixtures("back_again")]
#: Every text that somebody types and a page shows.
TEXTS = {
    Event: (
        "title",
        "theme",
        "concept",
        "intended_impact",
        "led_by",
        "venue",
        "venue_address",
        "contact_name",
        "contact_phone",
        "practicalities",
        "cancelled_reason",
        "fee_reason",
    ),
    EventFeePart: ("label",),
    CostLine: ("label",),
    School: (
        "name",
        "town",
        "postcode",
        "address",
        "office_phone",
        "emergency_phone",
        "website",
    ),
    Person: ("name", "mobile"),
    Pupil: ("forename", "surname"),
    Parent: ("name", "phone"),
    AccompanyingAdult: ("name", "mobile"),
    Closure: ("reason",),
    Term: ("name",),
    Invitation: ("name",),
    Feed: ("label",),
}
PAGES = [row for row in ROWS if row.method == "GET"]


def write_everywhere(text):
    """Put a text into every field, bypassing every form: the page is the last line of defence."""
    with transaction():
        db.session.add(Theme(name=text, folded=text))  # events refer to it
        db.session.flush()
        for model, names in TEXTS.items():
            db.session.execute(update(model).values(dict.fromkeys(names, text)))


class Marks(HTMLParser):
    """Every element that begins in a page, with its attributes, in order."""

    def __init__(self, response):
        super().__init__()
        self.found = []
        self.feed(response.text)
        self.close()

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.found.append((tag, dict(attrs)))


def shape(marks):
    """Return how often each element with its attributes' names occurs in a page."""
    return Counter((tag, *sorted(attributes)) for tag, attributes in marks.found)


@pytest.fixture(autouse=True)
def standing_clock(world):
    """Stop the clock: what happens by itself (a slow payment) would look like what was typed."""
    with time_machine.travel(clock.now(), tick=False):
        yield


def addresses(marks):
    """Return every address in a page that a click or a picture would follow."""
    names = ("href", "src", "action", "formaction", "srcset", "poster", "data")
    return [
        attributes[name] or ""
        for _, attributes in marks.found
        for name in names
        if name in attributes
    ]


def reader(row):
    """Return somebody who may see the page of a row."""
    return next(role for role in ("own", "host", "lead", *ROLES) if role in row.who)


def html_pages(world):
    """Return the pages of every route, by row."""
    found = {}
    for row in PAGES:
        response = world.browsers[reader(row)].get(world.address(row.address), check=False)
        assert response.status_code < 500 or response.status_code == row.answer, row
        if response.mimetype == "text/html":
            found[str(row)] = response
    return found


def in_batches(texts, size):
    """Join payloads so that each page is loaded a few times and not a hundred."""
    return [" ".join(texts[n : n + size]) for n in range(0, len(texts), size)]


def test_there_are_enough_of_them():
    assert len(set(MARKUP)) >= 100


@pytest.mark.parametrize("batch", in_batches(MARKUP, 40), ids=lambda text: text[:20])
def test_what_people_type_adds_no_element_and_no_attribute(world, batch):
    # As long, and as many words: a page says so where a text is too long.
    write_everywhere("".join(" " if sign == " " else "z" for sign in batch))
    plain = {row: shape(Marks(page)) for row, page in html_pages(world).items()}
    world.go_back()  # a history grows when somebody reads of a child's health
    write_everywhere(batch)

    shown = 0
    for row, page in html_pages(world).items():
        marks = Marks(page)
        added = shape(marks) - plain[row]
        assert not added, f"{row}: {dict(added)}"
        assert "60481729" not in page.text, f"{row}: a template within the text was run"
        for address in addresses(marks):
            scheme = address.strip().partition(":")[0].lower()
            # A picture drawn into the page (a QR code) runs no script: a browser sees to that.
            drawn = address.startswith("data:image/svg+xml") and "zq" not in address.lower()
            assert drawn or scheme not in {"javascript", "data", "vbscript"}, f"{row}: {address}"
        shown += "&lt;" in page.text or "zqx" in page.text or "&#39;" in page.text
    assert shown > 30, "the texts are shown at all"


def test_what_people_type_adds_nothing_to_a_picture(world):
    pictures = [row for row in PAGES if row.address.endswith(".svg")]
    drawn = {}
    for text in ("Zq Plain", "</text><script>alert(9)</script><a onload=alert(9)>"):
        write_everywhere(text)
        for row in pictures:
            picture = world.browsers[reader(row)].get(world.address(row.address))
            drawn.setdefault(str(row), []).append(shape(Marks(picture)))

    assert len(drawn) == len(pictures) == 7
    for row, (plain, other) in drawn.items():
        assert {tag[0] for tag in other} <= {tag[0] for tag in plain}, row
        assert not any("onload" in tag for tag in other), row


def test_calendars_keep_their_lines_whatever_is_typed(world):
    write_everywhere("x\r\nATTENDEE:mailto:zq@elsewhere.example\nBEGIN:VALARM")
    for address in ("/calendar/network.ics", "/calendar/feeds/{feed_token}.ics"):
        calendar = world.browsers["visitor"].get(world.address(address)).text
        lines = calendar.split("\r\n")
        assert not [line for line in lines if line.startswith(("ATTENDEE", "BEGIN:VALARM"))]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_file_is_a_formula(world, formula):
    write_everywhere(formula)
    day = "/host/events/{day_event}"

    for role, address in (
        ("own", "/school/pupils/export.csv"),
        ("host", day + "/roster.csv"),
        ("treasurer", "/fund/export.csv"),
    ):
        text = text_of(world.browsers[role].get(world.address(address)))
        cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
        assert len(cells) > 10
        bad = [c for c in cells if c.lstrip(" '\t")[:1] in spreadsheets.TRIGGERS and c.strip()]
        run = [cell for cell in bad if not cell.startswith("'") and not _is_number(cell)]
        assert run == [], address
    book = text_of(world.browsers["host"].get(world.address(day + "/roster.xlsx")))
    assert "<f>" not in book
    assert "<hyperlink " not in book


def _is_number(cell):
    digits = cell.removeprefix("+").removeprefix("-").replace(".", "")
    return digits.isdecimal()


def test_the_ledger_keeps_its_syntax_whatever_is_typed(world):
    assert set(exports.BY_ENDING) == {"beancount", "journal", "csv", "xlsx"}
    write_everywhere('x"\n2027-01-01 open Assets:Zq GBP\n; "')
    for ending in ("beancount", "journal"):
        text = world.browsers["treasurer"].get(f"/fund/export.{ending}").text
        assert "\n2027-01-01 open Assets:Zq" not in text

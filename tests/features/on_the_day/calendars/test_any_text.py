"""Whatever people type, a calendar keeps its lines, and three parsers read the text back."""

import re
from dataclasses import replace

import icalendar
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from booking.days.events import ical
from booking.days.events import service as event_service
from booking.days.events import words as event_words
from booking.days.events.models import Event, EventDate, EventState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.on_the_day.calendars import files
from booking.people.schools.models import School
from tests.builders import events, schools
from tests.features.on_the_day.calendars.clients import PARSERS

#: Line breaks of every kind, what iCalendar escapes, other scripts, and whole injections.
NASTY = st.sampled_from(
    [
        "\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        "\nSTATUS:CANCELLED",
        'a;b,c\\d:e"f',
        "\u2028\u2029\x85\x0b\x0c\x1c",
        "👩‍🔬🏳️‍🌈" * 20,
        "שלום مرحبا",
        "\u202eesrever\u202c",
        "\\nnot a break",
        "\\;\\,\\\\",
        "\ud800",
        "%0D%0AX-EVIL:1",
        "^n^'^^",
        "é" * 80,
        "END:VCALENDAR",
        "\x00\x07\x7f",
        " leading and trailing ",
        "\ufeff",
    ]
)
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=40)), max_size=4).map("".join)
#: Every text of an event that a person types and an entry says.
FIELDS = (
    "title",
    "theme",
    "concept",
    "led_by",
    "venue",
    "venue_address",
    "practicalities",
    "cancelled_reason",
)
BASE_URL = "https://fairplace.example"
NAMES_OF_AN_ENTRY = {
    b"BEGIN",
    b"UID",
    b"DTSTAMP",
    b"LAST-MODIFIED",
    b"SUMMARY",
    b"DTSTART",
    b"DTEND",
    b"CREATED",
    b"TRANSP",
    b"SEQUENCE",
    b"STATUS",
    b"DESCRIPTION",
    b"LOCATION",
    b"GEO",
    b"URL",
    b"CATEGORIES",
    b"END",
}


def lines_of(written):
    """Return a file's lines unfolded, having checked every byte that ends or folds one."""
    assert written.endswith(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert b"\r" not in written.replace(b"\r\n", b"")
    for line in written.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # folded between characters, never inside one
    return written.replace(b"\r\n ", b"").rstrip(b"\r\n").split(b"\r\n")


def names_of(lines):
    return [line.split(b":")[0].split(b";")[0] for line in lines]


@given(texts=st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT)), host=TEXT)
@settings(max_examples=120)
def test_text_in_every_field_never_breaks_or_injects_a_line(texts, host):
    event = unsaved(host_name=host, **texts)

    lines = lines_of(ical.event_calendar(event, base_url=BASE_URL))

    names = names_of(lines)
    entry = names[lines.index(b"BEGIN:VEVENT") : lines.index(b"END:VEVENT") + 1]
    assert set(entry) <= NAMES_OF_AN_ENTRY
    assert len(entry) == len(set(entry)), "no property twice"
    assert names.count(b"BEGIN") == names.count(b"END") == 5
    assert lines.count(b"STATUS:CONFIRMED") == 1


@given(texts=st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT)))
@settings(max_examples=60)
@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_three_parsers_read_back_what_was_typed(parser, texts):
    if parser is PARSERS["ical"]:  # it reads an escaped backslash before an N as a line break
        assume(not any("\\N" in text for text in texts.values()))
    event = unsaved(**texts)

    (entry,) = parser(ical.event_calendar(event, base_url=BASE_URL))

    place = event_words.where(event)
    assert entry.summary.strip() == ical.one_line(event.title)
    assert entry.location.strip() == ical.one_line(place)
    assert ical.clean(event.concept).strip() in entry.description
    assert (entry.status, entry.sequence) == ("CONFIRMED", 0)


def test_a_backslash_before_an_n_is_no_line_break():
    event = unsaved(title=r"Drive C:\New, C:\notes; \\server", theme=r"A\N, B;C")

    lines = lines_of(ical.event_calendar(event, base_url=BASE_URL))

    assert rb"SUMMARY:Drive C:\\New\, C:\\notes\; \\\\server" in lines
    assert rb"CATEGORIES:A\\N\, B\;C" in lines


@given(name=TEXT, description=TEXT)
@settings(max_examples=60)
def test_the_name_of_a_calendar_never_breaks_a_line(name, description):
    heading = files.Heading("id", name, description, files.PUBLIC_COLOUR, BASE_URL, BASE_URL)

    written = files.programme([], heading, base_url=BASE_URL, now=events.london(2027, 3, 1, 9))

    names = names_of(lines_of(written))
    assert names.count(b"BEGIN") == names.count(b"END") == 4
    assert names.count(b"NAME") == names.count(b"X-WR-CALNAME") == 1
    for key, text in (("NAME", name), ("X-WR-CALNAME", name), ("X-WR-CALDESC", description)):
        [line] = [each for each in lines_of(written) if each.startswith(f"{key}:".encode())]
        assert unescaped(line.decode().removeprefix(f"{key}:")) == ical.one_line(text)


def unescaped(text):
    """Return the text that is escaped here (RFC 5545, 3.3.11), having checked that it is valid."""
    assert re.fullmatch(r"([^\\,;]|\\[\\,;nN])*", text), text
    return re.sub(r"\\(.)", r"\1", text)


@given(title=TEXT)
@settings(max_examples=60)
def test_the_title_of_a_deadline_never_breaks_a_line(title):
    event = unsaved(title=title)
    closes_at = events.london(2027, 5, 1, 16)

    written = ical.deadline_calendar(event, ical.Deadline.REQUESTS, closes_at, base_url=BASE_URL)

    assert names_of(lines_of(written)).count(b"BEGIN") == 5
    (entry,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert str(entry["SUMMARY"]) == ical.one_line(f"Requests close: {title}")


def unsaved(*, host_name="Host School", **words):
    """Return a published event that is in no database."""
    starts_at = events.london(2027, 6, 11, 9)
    date = events.one_date(starts_at)
    facts = {
        "slug": "any",
        "uid": "7d1f",
        "state": EventState.PUBLISHED,
        "title": "Any",
        "theme": "Any",
        "led_by": "",
        "concept": "",
        "venue": "",
        "low_year": 5,
        "high_year": 6,
        "fee_pence": 0,
        "fee_kind": "free",
        "sequence": 0,
        "deadline_changes": 0,
        "practicalities": "",
        "cancelled_reason": "",
        "venue_address": "",
        "published_at": starts_at,
        "modified_at": starts_at,
    }
    return Event(
        **{**facts, **words},
        host_school=School(name=host_name),
        dates=[EventDate(number=1, starts_at=date.starts_at, ends_at=date.ends_at)],
    )


def test_text_comes_back_through_the_database_and_the_page(client, db_session):
    schools.make_school()
    event = events.make_event(title="Day; one, two\\three")
    details = replace(event_service.details_of(event), venue="Hall:\u2028END:VCALENDAR")
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)

    response = client.get("/events/day-one-two-three-2027.ics")

    (entry,) = icalendar.Calendar.from_ical(response.data).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Day; one, two\\three"
    assert str(entry["LOCATION"]).startswith("Hall: END:VCALENDAR")

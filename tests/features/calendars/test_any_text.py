"""Whatever a host types, a calendar keeps its lines, and the text comes back as it was."""

from dataclasses import replace

import icalendar
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking import clock
from booking.db import transaction
from booking.domain.permissions import COMMAND
from booking.events import ical
from booking.events import service as events_service
from tests.builders import events, schools

#: Line breaks of every kind, what iCalendar escapes, other scripts, and whole injections.
NASTY = st.sampled_from(
    [
        "\r\nEND:VEVENT\r\nBEGIN:VEVENT",
        "\nSTATUS:CANCELLED",
        'a;b,c\\d:e"f',
        "\u2028\u2029\x85\x0b\x0c\x1c",
        "👩‍🔬🏳️‍🌈" * 20,
        "שלום مرحبا",
        "\\nnot a break",
        "\ud800",
        "%0D%0AX-EVIL:1",
        "é" * 80,
    ]
)
TEXT = st.lists(st.one_of(NASTY, st.text(max_size=40)), max_size=4).map("".join)


@given(title=TEXT, venue=TEXT, concept=TEXT)
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_text_never_breaks_or_injects_a_line(title, venue, concept):
    event = unsaved(title=title, venue=venue, concept=concept)

    written = ical.event_calendar(event, base_url="https://fairplace.example")

    lines = written.split(b"\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    unfolded = written.replace(b"\r\n ", b"").split(b"\r\n")
    names = [line.split(b":")[0].split(b";")[0] for line in unfolded if line]
    assert names.count(b"BEGIN") == names.count(b"END") == 5
    assert names.count(b"STATUS") == 1
    assert b"X-EVIL" not in names
    (entry,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert str(entry["SUMMARY"]) == ical.one_line(title)
    assert entry["STATUS"] == "CONFIRMED"


def unsaved(**words):
    """Return a published event that is in no database."""
    from booking.events.models import Event, EventDate, EventState
    from booking.schools.models import School

    starts_at = events.london(2027, 6, 11, 9)
    date = events.one_date(starts_at)
    facts = {
        "slug": "any", "uid": "7d1f", "state": EventState.PUBLISHED, "theme": "Any", "led_by": "",
        "low_year": 5, "high_year": 6, "fee_kind": "free", "fee_pence": 0, "sequence": 0,
        "practicalities": "", "cancelled_reason": "", "venue_address": "",
        "published_at": starts_at, "modified_at": starts_at,
    }  # fmt: skip
    return Event(
        **{**facts, **words},
        host_school=School(name="Host School"),
        dates=[EventDate(number=1, starts_at=date.starts_at, ends_at=date.ends_at)],
    )


def test_text_comes_back_through_the_database_and_the_page(client, db_session):
    schools.make_school()
    event = events.make_event(title="Day; one, two\\three")
    details = replace(events_service.details_of(event), venue="Hall:\u2028END:VCALENDAR")
    with transaction():
        events_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)

    response = client.get("/events/day-one-two-three-2027.ics")

    (entry,) = icalendar.Calendar.from_ical(response.data).walk("VEVENT")
    assert str(entry["SUMMARY"]) == "Day; one, two\\three"
    assert str(entry["LOCATION"]).startswith("Hall: END:VCALENDAR")

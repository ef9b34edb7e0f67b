"""Ways to begin an event: like our last one, like last year's, after another school's example."""

from datetime import timedelta

from sqlalchemy import select

from booking.days.events import announcements, service, shelf
from booking.days.events.models import Event, EventState, Sharing
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db
from booking.foundation.files import queries as file_queries
from booking.foundation.files.models import FileAudience
from tests.builders import events, files, schools
from tests.page import soup, words

DAY = timedelta(days=1)


def held(host, title, *, ago, **more):
    """Return an event that took place some days ago."""
    day = clock.now() - ago * DAY
    return events.make_event(
        host=host, title=title, now=day - 60 * DAY, dates=[events.one_date(day)], **more
    )


def offered(browser, page):
    return [words(button) for button in soup(browser.get(page)).select(".starts button")]


def draft():
    db.session.rollback()
    return db.session.scalars(select(Event).where(Event.state == EventState.DRAFT)).one()


def test_the_last_event_and_last_years_are_one_press_away(signed_in, host):
    held(schools.make_school(), "Somebody else’s", ago=2)
    held(host, "Poems", ago=20)
    again = held(host, "Puzzle day", ago=350)
    held(host, "Long ago", ago=800)
    held(host, "Repeated", ago=355)
    events.make_event(host=host, title="Repeated")

    starts = ["Like our last one: Poems", "Like last year’s: Puzzle day"]
    assert offered(signed_in, "/host/") == starts
    assert offered(signed_in, "/host/events/new") == starts

    pressed = signed_in.post(f"/host/events/{again.slug}/clone")
    assert pressed.location == f"/host/events/{draft().slug}/edit"
    assert (draft().first_starts_at - again.first_starts_at).days == 364
    assert offered(signed_in, "/host/") == starts[:1], "it has been taken up"


def test_another_schools_example_brings_its_words_and_rules_but_nothing_of_its_people_or_place(
    signed_in, host, client
):
    theirs = schools.make_school(name="Other School")
    example = held(
        theirs,
        "Bridges",
        ago=30,
        sharing=Sharing.SET_QUOTAS,
        fee_kind=FeeKind.CHARGE,
        fee_pence=100,
        fee_reason="Agreed with Ms Zebra.",
        cost_lines=(service.CostDetails("Wood", 1200),),
        led_by="Ms Zebra",
        contact_name="Ms Zebra",
        venue="Zebra hall",
        venue_address="1 Zebra Lane",
        practicalities="Ask for Ms Zebra.",
    )
    kept = held(theirs, "Kept", ago=31, host_places=3)
    page = soup(signed_in.get("/host/events/examples?q=bridge&year=5"))
    assert [words(card) for card in page.select(".event-card h2")] == ["Bridges"]
    heard = []
    with announcements.cloned.instead(
        lambda event, of, actor, now: heard.append((event.title, of.slug))
    ):
        begun = signed_in.post(f"/host/events/{example.slug}/example")

    assert heard == [("Bridges", example.slug)]
    found = draft()
    assert begun.location == f"/host/events/{found.slug}/edit"
    assert (found.host_school_id, found.concept) == (host.id, example.concept)
    assert (found.sharing, found.fee_kind, found.fee_pence) == (Sharing.SET_QUOTAS, "charge", 100)
    assert [(line.label, line.pence) for line in found.cost_lines] == [("Wood", 1200)]
    assert (found.venue, found.led_by) == ("Host School", "Teachers at Host School")
    assert (found.dates, found.release_at, found.naming_close_at) == ([], None, None)
    assert "Zebra" not in signed_in.get(begun.location).text
    signed_in.post(f"/host/events/{found.slug}/discard")
    for label, audience in (
        ("Map", "everybody"),
        ("Risk assessment", "hosts"),
        ("Letter", "coming"),
    ):
        files.put(kept, label=label, audience=FileAudience(audience))
    signed_in.post(f"/host/events/{kept.slug}/example")
    assert draft().host_places == 0
    brought = file_queries.all_of(shelf.of_event(draft(), actor=COMMAND))
    assert [file.label for file in brought] == ["Map"], "nothing that only they may see"


def test_no_draft_nor_cancelled_event_of_another_school_is_an_example(signed_in, host):
    theirs = schools.make_school(name="Other School")
    hidden = [
        events.make_event(host=theirs, published=False, title="Hidden"),
        events.cancel_event(events.make_event(host=theirs, title="Called off")),
    ]
    events.make_event(host=host, title="Our own")

    page = signed_in.get("/host/events/examples")

    assert "No event of another school fits" in page.text
    found = [signed_in.post(f"/host/events/{event.slug}/example").status_code for event in hidden]
    assert found == [404, 404]

"""The worker's turn: partners' dates appear, change and go, and problems are told to the lead."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from booking.days.partners import fetching, queries, reading, service, sweep, words
from booking.days.partners.models import PartnerDate
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from tests.conftest import LONDON
from tests.features.days.partners import server
from tests.features.days.partners.test_reading import calendar

TERMS = "SUMMARY:Summer term\nDTSTART;VALUE=DATE:20270419\nDTEND;VALUE=DATE:20270722"
CONCERT = "SUMMARY:Concert\nDTSTART:20270611T081500Z\nDTEND:20270611T100000Z"


@pytest.fixture
def way(tmp_path):
    with server.serving(tmp_path) as way:
        yield way


@pytest.fixture
def feed(db_session):
    return follow()


def follow(name="County", url=server.URL):
    with transaction():
        return service.follow(actor=COMMAND, now=clock.now(), name=name, url=url)


def read(way):
    """Let the worker take its turn."""
    return sweep.read_due(clock.now(), door=way.door)


def titles():
    return list(db.session.scalars(select(PartnerDate.title).order_by(PartnerDate.id)))


def test_dates_come_with_the_first_turn_and_then_every_six_hours(feed, way, time_machine):
    way.partner.body = calendar(TERMS, CONCERT)

    assert read(way) == 1
    assert titles() == ["Summer term", "Concert"]
    assert feed.read_at is not None
    assert (feed.problem, feed.failures) == ("", 0)

    time_machine.move_to(clock.now() + timedelta(hours=5, minutes=59))
    assert read(way) == 0
    time_machine.move_to(clock.now() + timedelta(minutes=2))
    assert read(way) == 1


def test_what_the_partner_removed_and_changed_is_gone_and_changed(feed, way):
    way.partner.body = calendar(TERMS, CONCERT)
    read(way)
    way.partner.body = calendar(CONCERT.replace("Concert", "Recital"))

    ask_again(feed)
    read(way)

    assert titles() == ["Recital"]


def ask_again(feed):
    with transaction():
        service.ask_now(actor=COMMAND, now=clock.now(), feed=feed)


def due_again(feed):
    """Make it due, as time would."""
    with transaction():
        feed.due_at = clock.now()


def test_a_partner_with_nothing_new_costs_no_reading(feed, way, monkeypatch):
    way.partner.body, way.partner.headers = calendar(TERMS), {"ETag": '"v1"'}
    read(way)
    monkeypatch.setattr(sweep.reading, "read_apart", None)  # whoever reads now, fails

    way.partner.status, way.partner.body = 304, b""
    due_again(feed)
    read(way)

    assert way.partner.asked[1][1]["If-None-Match"] == '"v1"'
    assert titles() == ["Summer term"]
    assert feed.problem == ""


def test_a_partner_without_tags_is_not_read_twice_for_nothing(feed, way, monkeypatch):
    way.partner.body = calendar(TERMS)
    read(way)
    monkeypatch.setattr(sweep.reading, "read_apart", None)

    due_again(feed)
    read(way)

    assert titles() == ["Summer term"]


def test_repeated_dates_are_written_out_anew_each_month(feed, way, time_machine):
    way.partner.headers = {"ETag": '"v1"'}
    way.partner.body = calendar("SUMMARY:Choir\nDTSTART:20270301T160000Z\nRRULE:FREQ=MONTHLY")
    read(way)
    last = db.session.scalar(select(func.max(PartnerDate.first_on)))

    time_machine.move_to(datetime(2027, 4, 2, 12, tzinfo=LONDON))
    read(way)

    assert "If-None-Match" not in way.partner.asked[1][1]
    assert db.session.scalar(select(func.max(PartnerDate.first_on))) > last


def test_what_goes_wrong_is_kept_in_words_and_what_was_read_stays(feed, way, time_machine):
    way.partner.body = calendar(TERMS)
    read(way)
    way.partner.status = 404
    ask_again(feed)

    waits = []
    for _ in range(6):
        read(way)
        waits.append((feed.due_at - clock.now()) / timedelta(hours=1))
        time_machine.move_to(feed.due_at)

    assert [round(wait) for wait in waits] == [1, 3, 6, 12, 24, 24]
    assert "no calendar at this address" in feed.problem
    assert feed.failures == 6
    assert titles() == ["Summer term"]

    way.partner.status = 200
    read(way)
    assert (feed.problem, feed.failures) == ("", 0)


def test_a_calendar_of_which_nothing_can_be_read_is_a_problem_and_what_was_read_stays(feed, way):
    way.partner.body = calendar(TERMS)
    read(way)
    way.partner.body = calendar("SUMMARY:Concert\nDTSTART:in June")
    ask_again(feed)

    read(way)

    assert feed.problem == (
        "The file is damaged: nothing in it could be read. "
        "Its one entry is “Concert” (its start). Tell the partner."
    )
    assert titles() == ["Summer term"]


def test_an_entry_that_cannot_be_read_is_kept_with_its_reason_until_it_can(feed, way):
    way.partner.body = calendar(TERMS, "SUMMARY:Choir\nDTSTART:2027-06-12T15:00:00Z")
    read(way)

    assert titles() == ["Summer term"]
    assert feed.problem == ""
    assert words.unreadable(feed.outcome) == "1 entry could not be read: “Choir” (its start)."
    assert words.account(feed.outcome) == "1 of 2 entries read."

    way.partner.body = calendar(TERMS, "SUMMARY:Choir\nDTSTART:20270612T150000Z")
    ask_again(feed)
    read(way)

    assert words.unreadable(feed.outcome) == ""
    assert titles() == ["Summer term", "Choir"]


def test_a_calendar_that_moved_is_offered_and_its_dates_stay(feed, way):
    way.partner.body = calendar(TERMS)
    read(way)
    way.partner.status = 301
    way.partner.headers = {"Location": "https://new.partner.example/t.ics"}
    ask_again(feed)

    read(way)

    assert (feed.url, feed.moved_to) == (server.URL, "https://new.partner.example/t.ics")
    assert feed.problem == (
        "calendar.partner.example says that the calendar has moved to "
        "https://new.partner.example/t.ics."
    )
    assert titles() == ["Summer term"]
    way.partner.status = 200
    ask_again(feed)
    read(way)
    assert (feed.moved_to, feed.problem) == ("", ""), "it is back"


def test_an_address_that_was_taken_is_checked_like_any_other(feed, way):
    way.partner.status = 301
    way.partner.headers = {"Location": "https://inside.partner.example/t.ics"}
    read(way)
    with transaction():
        service.move(actor=COMMAND, now=clock.now(), feed=feed, to=feed.moved_to)
    dialled = list(way.dialled)

    sweep.read_due(clock.now(), door=replace(way.door, resolve=lambda host: ["10.0.0.7"]))

    assert feed.problem == (
        "inside.partner.example is not a public site, so we cannot use it. Check the address."
    )
    assert way.dialled == dialled, "nobody was asked"


def test_what_was_asked_of_the_old_address_is_not_recorded_for_the_new_one(feed, way):
    with transaction():
        [claimed] = service.claim(now=clock.now(), limit=5)
    with transaction():
        feed.moved_to = "https://new.partner.example/t.ics"
    with transaction():
        service.move(actor=COMMAND, now=clock.now(), feed=feed, to=feed.moved_to)

    way.partner.body = calendar(TERMS)
    sweep._read(claimed, way.door)
    way.partner.status = 404
    sweep._read(claimed, way.door)

    assert titles() == []
    assert (feed.problem, feed.read_at) == ("", None)


def test_one_partners_trouble_is_not_anothers(db_session, way):
    first, second = follow("Lost", "https://lost.partner.example/t.ics"), follow()
    way.partner.body = calendar(TERMS)

    assert read(way) == 2

    assert "certificate" in first.problem
    assert second.problem == ""
    assert titles() == ["Summer term"]


def test_while_one_worker_asks_no_other_does(feed):
    with transaction():
        assert len(service.claim(now=clock.now(), limit=5)) == 1
    with transaction():
        assert service.claim(now=clock.now(), limit=5) == []


def test_a_calendar_that_was_left_meanwhile_stays_left(feed, way):
    with transaction():
        [claimed] = service.claim(now=clock.now(), limit=5)
    with transaction():
        service.leave(actor=COMMAND, now=clock.now(), feed=feed)

    way.partner.body = calendar(TERMS)
    sweep._read(claimed, way.door)

    assert titles() == []
    assert queries.count() == 0


def test_nobody_is_asked_inside_a_transaction(feed, way, monkeypatch):
    seen = []

    def fetch(*_arguments, **_options):
        seen.append(bool(db.session.info.get("writing")))
        raise fetching.CannotFetch("Not today.")

    monkeypatch.setattr(sweep.fetching, "fetch", fetch)
    read(way)

    assert seen == [False]


def test_every_reading_is_in_the_audit_trail(feed, way):
    way.partner.body = calendar(TERMS)

    read(way)

    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.actor_kind, entry.facts) == ("read_partner", "worker", {"dates": 1})


def test_a_made_up_calendar_of_the_demonstration_is_asked_of_nobody(
    db_session, monkeypatch, time_machine
):
    asked = []
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *where, **_: asked.append(where))
    feed = follow(url="https://wexholt-schools.example/events.ics")
    concert = reading.FoundDate("Concert", "", "", date(2027, 6, 11), date(2027, 6, 11))
    with transaction():
        service.record_reading(
            now=clock.now(),
            feed_id=feed.id,
            url=feed.url,
            known=fetching.KnownState(),
            body_hash="1",
            found=reading.CalendarReading((concert,)),
        )
    read_at = feed.read_at
    time_machine.move_to(clock.now() + timedelta(days=40))

    assert sweep.read_due(clock.now()) == 1
    assert sweep.read_due(clock.now()) == 0, "it is looked at every six hours, like any other"

    db.session.rollback()
    assert (asked, titles(), feed.problem, feed.read_at) == ([], ["Concert"], "", read_at)
    assert queries.troubled() == []


def test_a_name_kept_for_examples_that_somebody_follows_is_told_to_the_lead(db_session):
    feed = follow(url="https://wexholt-schools.example/events.ics")

    sweep.read_due(clock.now())

    db.session.rollback()
    assert feed.problem == (
        "No site can be called wexholt-schools.example, because names that end in "
        ".example are reserved for examples. Stop following it, and ask the partner for the right "
        "address."
    )

"""The reckoning of `make chaos` finds what was acknowledged and is not there, and what is twice."""

import logging
from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bench.chaos import checking, guards, moved, outsiders
from bench.chaos.browser import Browser
from bench.chaos.journal import Fact, Journal
from bench.chaos.letters import Arrival, MailServer
from bench.chaos.processes import Site
from bench.chaos.reckoning import Reckoning
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import MessageState
from booking.foundation.notifications.sending import outcomes
from booking.foundation.notifications.sending.leases import Lease
from booking.money.checkout import service as checkout
from booking.money.payments.models import Method
from tests.builders import checkout as families
from tests.builders import places
from tests.page import soup


@pytest.fixture
def family(app, db_session):
    """A family whose school has taken £1.00 in cash, with words of its own."""
    event = families.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    family = families.make_family(event)
    take_cash(family, "cash 000001")
    return family


def take_cash(family, words):
    with transaction():
        checkout.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=family.booking,
            method=Method.CASH,
            amount_pence=100,
            reference=words,
        )


def test_only_a_page_that_says_so_has_kept_a_reply(family, client):
    def says_kept():
        return outsiders.says_kept(Browser(None, soup(client.get(family.url)), family.url))

    assert not says_kept()
    families.answer(family)
    assert says_kept()
    client.post(f"{family.url}/decline")
    assert not says_kept()


def lost(*facts, newest=True):
    return [found.words for found in checking.lost(facts, set(), newest=newest)]


def test_what_was_acknowledged_and_is_there_is_not_lost(family):
    named = f"{family.booking.event.slug} {family.booking.pupil.public_id}"

    assert lost(Fact("named", named), Fact("took cash", "cash 000001")) == []


def test_what_was_acknowledged_and_is_not_there_is_lost(family):
    named = f"{family.booking.event.slug} somebody-else"

    assert lost(Fact("named", named), Fact("took cash", "cash 000002")) == [
        f"named: {named} ",
        "took cash: cash 000002 ",
    ]


def test_only_the_last_number_asked_for_counts_unless_a_newer_may_be_there(family):
    school = family.booking.school
    places.ask(family.booking.event, school, 4)
    about = f"{family.booking.event.slug} {school.slug}"
    asked = [Fact("asked for places", about, number) for number in ("4", "2")]

    assert lost(*reversed(asked)) == []
    assert lost(*asked) == [f"asked for places: {about} 2"]
    assert lost(*asked, newest=False) == []


def test_money_taken_twice_under_one_press_is_a_double(family):
    assert list(checking.doubled()) == []

    take_cash(family, "cash 000001")

    assert [found.words for found in checking.doubled()] == ["took cash: cash 000001, 2 times"]


def test_an_amount_that_is_not_what_was_typed_is_found(family):
    right, wrong = (Fact("took cash", "cash 000001", pence) for pence in ("100", "101"))

    assert list(checking.amounts_wrong([right])) == []
    assert [found.kind for found in checking.amounts_wrong([wrong])] == ["pence"]


def test_a_pupil_without_a_place_is_oversold(family):
    assert list(checking.oversold()) == []

    with transaction():
        booking = db.session.get_one(type(family.booking), family.booking.id)
        booking.place.removed_at = clock.now()

    assert [found.kind for found in checking.oversold()] == ["oversold"]
    assert booking.state is BookingState.INVITED


def test_a_copy_is_asked_only_for_what_was_known_when_it_was_made(tmp_path):
    journal = Journal(tmp_path / "journal")
    journal.note("named", "first")
    at = journal.facts[0].at
    journal.note("named", "second")

    assert [fact.about for fact in journal.until(at)] == ["first"]


def test_a_clock_that_is_moved_says_so_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "datetime", datetime)
    there = datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    moved.move(tmp_path, there)
    moved.follow(tmp_path)

    assert abs((clock.now() - there).total_seconds()) < 60


def test_no_guard_is_away_unless_it_is_named():
    guards.take_away("")

    with pytest.raises(KeyError):
        guards.take_away("fences")


@pytest.fixture
def came_three_times(tmp_path):
    """What is reckoned with when one mail came three times; and the log of the first worker."""
    letters, site = MailServer(), Site(tmp_path, {})
    letters.arrivals = [Arrival("<1@fairplace.example>", "the same", float(at)) for at in range(3)]
    for worker in site.workers:
        worker.log.touch()
    killer = SimpleNamespace(site=site, killed=Counter())
    return Reckoning(SimpleNamespace(letters=letters), killer, 0.0), site.workers[0].log


def doubles(reckoned):
    return [found.words for found in reckoned._mail() if found.kind == "double"]


def test_a_mail_may_come_once_more_for_each_worker_that_was_killed(db_session, came_three_times):
    reckoned, _ = came_three_times

    assert doubles(reckoned) == ["2 mails came twice, 0 workers were killed, and 0 leases ran out"]
    reckoned.killer.killed["a background worker"] = 1
    assert doubles(reckoned) == ["2 mails came twice, 1 workers were killed, and 0 leases ran out"]
    reckoned.killer.killed["a background worker"] = 2
    assert doubles(reckoned) == []


def test_a_mail_may_come_once_more_for_each_lease_that_ran_out_before_it_was_recorded(
    db_session, came_three_times, caplog
):
    reckoned, log = came_three_times
    reckoned.killer.killed["a background worker"] = 1
    past = Lease(1, clock.now() - timedelta(minutes=5), None)
    with caplog.at_level(logging.WARNING):
        outcomes.record(past, outcomes.Outcome(MessageState.QUEUED), now=clock.now())
    log.write_text(caplog.text)
    assert len(doubles(reckoned)) == 1, "what did not go out came nowhere twice"

    with caplog.at_level(logging.WARNING):
        outcomes.record(past, outcomes.Outcome(MessageState.SENT), now=clock.now())
    log.write_text(caplog.text)

    assert doubles(reckoned) == []

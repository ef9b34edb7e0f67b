"""A cost recorded for the wrong event moves to the right one, and its match with the bank too."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from booking.domain.permissions import COMMAND
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bank import service as bank
from booking.money.bank.models import BankLine, MatchedEntry
from booking.money.fund import queries, service
from booking.money.fund.models import Entry, EntryLine
from tests.builders import bank as statements
from tests.builders import events
from tests.builders.fund import make_cost, make_grant, make_speaker

WHY = "The paint was for the art day."


@pytest.fixture
def puzzle_day(network):
    return events.make_event(host=next(iter(network.values())), low_year=1)


@pytest.fixture
def art_day(network, puzzle_day):
    return events.make_event(title="Art day", host=next(iter(network.values())), low_year=1)


@pytest.fixture
def cost(network, puzzle_day):
    return make_cost(event=puzzle_day, pence=4_500, entered_on=date(2027, 2, 1))


def url(entry, what=""):
    return f"/fund/entries/{entry.key}{what}"


def costs(event):
    return queries.sums_of([event.id])[event.id].cost_pence


def entry_count():
    return db.session.scalar(select(func.count()).select_from(Entry))


def move(entry, event, reason=WHY):
    with transaction():
        return service.move_cost(
            actor=COMMAND, now=clock.now(), entry=entry, event=event, reason=reason
        )


def match(entry):
    """Match an entry with a bank line of its own, and return the match's id."""
    statements.make_statement((date(2027, 2, 1), "PAINT SHOP", -4_500))
    line = db.session.scalars(select(BankLine).where(BankLine.pence == -4_500)).one()
    with transaction():
        made = bank.match(
            actor=COMMAND, now=clock.now(), lines=[line.public_id], entries=[entry.key]
        )
        return made.id


def test_the_treasurer_moves_it_and_no_balance_changes(treasurer, cost, puzzle_day, art_day):
    before = queries.balances()
    page = BeautifulSoup(treasurer.get(url(cost)).text, "html.parser")
    assert "Move it to another event" in page.text

    done = treasurer.post(url(cost, "/move"), data={"event": art_day.slug, "why": WHY})

    assert done.status_code == 303
    assert "The cost is now recorded for Art day." in treasurer.get(done.location).text
    assert (costs(puzzle_day), costs(art_day)) == (0, 4_500)
    assert queries.balances() == before
    assert "This entry has been reversed" in treasurer.get(url(cost)).text
    assert WHY in treasurer.get(url(cost)).text


def test_the_match_with_the_bank_moves_along(treasurer, cost, art_day):
    made = match(cost)
    assert "PAINT SHOP" in treasurer.get(url(cost)).text

    again = move(cost, art_day)

    matched = db.session.scalars(
        select(MatchedEntry.entry_id).where(MatchedEntry.match_id == made)
    ).all()
    assert len(matched) == 3
    assert again.id in matched
    total = select(func.sum(EntryLine.pence)).where(
        EntryLine.entry_id.in_(matched), EntryLine.account == "assets:bank"
    )
    assert db.session.scalar(total) == -4_500
    assert "PAINT SHOP" in treasurer.get(url(again)).text


def test_reversing_what_is_matched_says_so(treasurer, cost):
    assert "has to be matched with money that comes back" not in treasurer.get(url(cost)).text
    match(cost)
    assert "has to be matched with money that comes back" in treasurer.get(url(cost)).text


def test_a_cost_that_was_moved_moves_on_and_back(cost, puzzle_day, art_day):
    again = move(cost, art_day)
    back = move(again, puzzle_day, "It was for the puzzle day after all.")

    assert (costs(puzzle_day), costs(art_day)) == (4_500, 0)
    assert back.event_id == puzzle_day.id


def test_it_is_moved_once(treasurer, cost, art_day):
    sent = {"event": art_day.slug, "why": WHY}
    assert treasurer.post(url(cost, "/move"), data=sent).status_code == 303
    count = entry_count()

    again = treasurer.post(url(cost, "/move"), data=sent)

    assert again.status_code == 422
    assert "has already been reversed" in again.text
    assert entry_count() == count


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"event": "", "why": WHY}, "Choose the event."),
        ({"event": "no-such-day", "why": WHY}, "Choose one from the list."),
        ({"event": "puzzle-day-2027", "why": WHY}, "It is recorded for this event already."),
        ({"event": "art-day-2027", "why": " "}, "Give a reason"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_written(
    treasurer, cost, puzzle_day, art_day, sent, told
):
    count = entry_count()

    refused = treasurer.post(url(cost, "/move"), data=sent)

    assert refused.status_code == 422
    assert told in refused.text
    assert entry_count() == count


def test_a_reason_of_spaces_is_no_reason(cost, art_day):
    with pytest.raises(ReasonMissing):
        move(cost, art_day, "  ")


def test_only_costs_of_an_event_are_moved(treasurer, network, art_day):
    for entry in (make_grant(), make_speaker(pence=100)):
        assert "Move it to another event" not in treasurer.get(url(entry)).text
        with pytest.raises(service.NotMovable):
            move(entry, art_day)

"""Anybody who changes the past, even if they can remove the triggers, is still found out.

A hundred tamperings, drawn from every kind: entries, lines, seals, running balances.
"""

import json
import random
import re
from datetime import date

import pytest
from sqlalchemy import inspect, select, text

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import service
from booking.money.fund.models import DayTotal
from tests.builders import schools
from tests.builders.events import make_event
from tests.builders.fund import make_cost, make_grant, make_payment, make_speaker

ENTRIES = 12


@pytest.fixture
def sealed(app, db_session):
    """Twelve entries under three seals."""
    event = make_event(host=schools.make_school(), fee_pence=600)
    makers = (
        lambda: make_grant(pence=50_000, entered_on=date(2027, 1, 5)),
        lambda: make_payment(event=event),
        lambda: make_cost(event=event, pence=150),
        lambda: make_speaker(pence=20_000),
    )
    for number in range(ENTRIES):
        makers[number % len(makers)]()
        if number % 4 == 3:
            with transaction():
                service.seal(now=clock.now())
    return db_session


def drop_triggers():
    """Remove every guard of the ledger, as its owner could."""
    if db.session.get_bind().dialect.name == "sqlite":
        names = db.session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).all()
        for name in names:
            db.session.execute(text(f"DROP TRIGGER {name}"))
        return
    for table in inspect(db.engine).get_table_names():
        db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))


def tamper(*statements):
    with transaction():
        drop_triggers()
        for statement in statements:
            db.session.execute(text(statement))


def entry(row_id):
    """Return the words that name this entry and no other."""
    return rf"Entry {row_id}\b"


def on_entry(rng):
    """Change an entry or its lines; return how, and the first row that is broken."""
    victim = rng.randint(1, ENTRIES)
    line = f"(SELECT min(id) FROM entry_lines WHERE entry_id = {victim})"
    copied = "entry_id, account, fund, pence, memo"
    moved_to = victim % ENTRIES + 1
    ways = {
        "description": [f"UPDATE entries SET description = 'x' WHERE id = {victim}"],
        "day": [f"UPDATE entries SET entered_on = '2026-01-01' WHERE id = {victim}"],
        "kind": [f"UPDATE entries SET kind = 'subsidy' WHERE id = {victim}"],
        "key": [f"UPDATE entries SET key = 'other' WHERE id = {victim}"],
        "reason": [f"UPDATE entries SET reason = 'x' WHERE id = {victim}"],
        "school": [f"UPDATE entries SET school = 'x' WHERE id = {victim}"],
        "event": [
            f"UPDATE entries SET event_id = CASE WHEN event_id IS NULL THEN 1 END "
            f"WHERE id = {victim}"
        ],
        "amounts": [f"UPDATE entry_lines SET pence = pence * 2 WHERE entry_id = {victim}"],
        "account": [
            f"UPDATE entry_lines SET account = 'assets:cash' WHERE entry_id = {victim} "
            "AND account LIKE 'assets:%'"
        ],
        "fund": [f"UPDATE entry_lines SET fund = 'admin' WHERE entry_id = {victim}"],
        "memo": [f"UPDATE entry_lines SET memo = 'x' WHERE id = {line}"],
        "line moved": [f"UPDATE entry_lines SET entry_id = {moved_to} WHERE id = {line}"],
        "line taken": [f"DELETE FROM entry_lines WHERE id = {line}"],
        "line added": [
            f"INSERT INTO entry_lines ({copied}) SELECT {copied} FROM entry_lines WHERE id = {line}"
        ],
        "entry taken": [
            f"DELETE FROM entry_lines WHERE entry_id = {victim}",
            f"DELETE FROM entries WHERE id = {victim}",
        ],
    }
    name = rng.choice(sorted(ways))
    first = min(victim, moved_to) if name == "line moved" else victim
    return f"{name} of entry {victim}", ways[name], entry(first)


def on_seal(rng):
    """Change one of the three seals, each over four entries."""
    number = rng.randint(1, 3)
    first, last = 4 * number - 3, 4 * number
    after = entry(last + 1) if number < 3 else "Running balance of "
    ways = {
        "hash": ("UPDATE ledger_seals SET hash = 'beef' || substr(hash, 5)", entry(last)),
        "previous": ("UPDATE ledger_seals SET previous_hash = hash", entry(first)),
        "first": ("UPDATE ledger_seals SET first_id = first_id + 1", entry(first + 1)),
        "last": ("UPDATE ledger_seals SET last_id = last_id + 100", entry(first)),
        "marks": ("UPDATE ledger_seals SET marks = '[]'", entry(first)),
        "taken": ("DELETE FROM ledger_seals", after),
    }
    name = rng.choice(sorted(ways))
    statement, named = ways[name]
    return f"{name} of seal {number}", [f"{statement} WHERE id = {number}"], named


def on_total(rng):
    """Change what is kept as the running balance of an account, a fund and a day."""
    rows = db.session.execute(
        select(DayTotal.account, DayTotal.fund, DayTotal.entered_on).order_by(
            DayTotal.entered_on, DayTotal.account, DayTotal.fund
        )
    ).all()
    account, fund, on = rng.choice(rows)
    where = f"WHERE account = '{account}' AND fund = '{fund}' AND entered_on = '{on}'"
    ways = {
        "more": f"UPDATE ledger_totals SET debit_pence = debit_pence + 1 {where}",
        "less": f"UPDATE ledger_totals SET credit_pence = credit_pence + 100 {where}",
        "both": "UPDATE ledger_totals SET debit_pence = debit_pence + 7, "
        f"credit_pence = credit_pence + 7 {where}",
        "lines": f"UPDATE ledger_totals SET line_count = line_count + 1 {where}",
        "taken": f"DELETE FROM ledger_totals {where}",
        "of an event": "UPDATE ledger_event_totals SET pence = pence + 3",
        "another account": f"UPDATE ledger_totals SET account = 'equity:opening' {where}",
        "another fund": f"UPDATE ledger_totals SET fund = 'admin' {where}",
    }
    name = rng.choice(sorted(ways))
    moved = name.startswith("another")
    if name == "of an event":
        return f"{name}: all", [ways[name]], "Running balance of event 1, "
    named = f"on {on}: " if moved else f"Running balance of {account} in “{fund}” on {on}: "
    return f"{name}: {account}, {fund}, {on}", [ways[name]], named


def one_change(seed):
    """Return one tampering: what it is, its statements, and the words that name what is broken."""
    rng = random.Random(seed)
    return rng.choices((on_entry, on_seal, on_total), (60, 20, 20))[0](rng)


def test_untouched_ledger_is_sound(sealed):
    found = service.verify()

    assert (found.entries, found.sealed, found.problem) == (ENTRIES, ENTRIES, "")


@pytest.mark.parametrize("seed", range(100))
def test_tampering_names_the_first_broken_row(sealed, seed):
    what, statements, named = one_change(seed)

    tamper(*statements)

    problem = service.verify().problem
    assert problem, f"nobody noticed: {what}"
    assert re.search(named, problem), f"{what}: {problem}"


def test_the_hundred_tamperings_are_of_every_kind(sealed):
    kinds = {re.split(" of |:", one_change(seed)[0])[0] for seed in range(100)}

    assert (
        len(kinds) >= 25
    )  # of 28: fifteen ways with an entry, six with a seal, seven with a total


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        (
            "UPDATE ledger_seals SET hash = 'beef' || substr(hash, 5) WHERE id = 2",
            8,
        ),
        ("UPDATE ledger_seals SET previous_hash = hash WHERE id = 2", 5),
        ("DELETE FROM ledger_seals WHERE id = 2", 9),
        ("UPDATE ledger_seals SET first_id = 6 WHERE id = 2", 6),
    ],
)
def test_tampering_with_a_seal_is_named_too(sealed, statement, first):
    tamper(statement)

    assert service.first_broken().row_id == first


@pytest.mark.parametrize(
    ("statements", "problem"),
    [
        (
            [
                "UPDATE entry_lines SET pence = pence + 1 WHERE id = "
                "(SELECT max(id) FROM entry_lines WHERE entry_id = 13)"
            ],
            "Entry 13 (grant:4): its lines of the fund “cpd” are £0.01 apart.",
        ),
        (
            ["DELETE FROM entry_lines WHERE entry_id = 13"],
            "Entry 13 (grant:4): it has 0 lines, not 2.",
        ),
        (
            [
                "UPDATE entry_lines SET account = 'assets:sofa' WHERE entry_id = 13 "
                "AND account = 'assets:bank'"
            ],
            "Entry 13 (grant:4): The ledger has no account “assets:sofa”. Choose one that it has.",
        ),
    ],
)
def test_unsealed_entry_that_is_not_sound_is_named(sealed, statements, problem):
    make_grant()

    tamper(*statements)

    assert service.verify().problem == problem


def test_command_names_the_broken_entry_and_fails(sealed, app):
    tamper("UPDATE entries SET description = 'x' WHERE id = 7")

    done = app.test_cli_runner().invoke(args=["fund", "verify"])

    assert done.exit_code == 1
    assert "Entry 7 (event_cost:2): it was changed after it had been sealed." in done.output

    told = app.test_cli_runner().invoke(args=["fund", "verify", "--json"])

    assert told.exit_code == 1
    assert json.loads(told.stdout)["sound"] is False
    assert json.loads(told.stdout)["problem"] in done.output


def test_seal_with_nothing_new_seals_nothing(sealed):
    with transaction():
        assert service.seal(now=clock.now()) == 0

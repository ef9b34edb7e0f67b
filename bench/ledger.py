"""How long the ledger takes to post an entry, to seal it, and to state a million lines.

The lines are those of a network after some years: families' payments by breakdown, card fees,
payouts and costs. Entries are posted one by one into all these lines, and before that a few into
the empty ledger: a full ledger must not be slower. Reading every line again (the "fold") is
compared with the running balances, and both must agree to the penny.
"""

import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, text

from bench import rounds, site
from booking import create_app
from booking.days.events.models import Event
from booking.domain import ledger
from booking.domain.charging import FeeKind, FeePart
from booking.domain.ledger import Draft, Fund
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Entry, EntryLine, EntrySize
from tests import postgres

#: The longest that a statement over all of it may take.
TARGET_SECONDS = 1.0
#: How many entries are posted into the empty ledger.
FIRST_ENTRIES = 500
#: How many rows are written at once.
BATCH = 20_000
YEARS = 3
PARTS = (
    FeePart("speaker", 340, Fund.EVENTS),
    FeePart("materials", 110, Fund.EVENTS),
    FeePart("administration", 90, Fund.ADMIN),
    FeePart("CPD fund", 60, Fund.CPD),
)
#: Reading every line again, which running balances avoid.
FOLD = "every balance, by the fold"
#: Pages asked for as the treasurer.
PAGES = (
    ("the fund's first page", "/fund/"),
    ("income and expenditure", "/fund/statements/"),
    ("the funds with their balances", "/fund/funds"),
    ("an account, page 1", "/fund/statements/account?account=assets:bank"),
    ("entries, page 1", "/fund/entries"),
    ("events, page 1", "/fund/events"),
)


@dataclass(frozen=True)
class Looked:
    """One read of the ledger: the median seconds, and how many statements it sends."""

    name: str
    seconds: float
    statements: int


@dataclass(frozen=True)
class Books:
    """The results on one database."""

    database: str
    lines: int
    posted: int
    #: For one entry, while the ledger was empty.
    first_post_seconds: float
    post_seconds: float
    seal_seconds: float
    looks: list[Looked] = field(default_factory=list)


@dataclass(frozen=True)
class Size:
    """How large a ledger to measure, and how many entries to post one by one."""

    lines: int = 1_000_000
    entries: int = 100_000
    #: About 2,000 lines each: a day with its payments, card fees and costs.
    events: int = 500


def measure(size: Size, *, times: int, postgresql: bool) -> Iterator[Books]:
    """Yield the results on SQLite, and on PostgreSQL if there is one."""
    with tempfile.TemporaryDirectory(prefix="fairplace-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'ledger.db'}"
        yield _books("SQLite", url, size, times=times)
    if postgresql and not postgres.missing():
        with rounds.postgres_database() as url:
            yield _books("PostgreSQL", url, size, times=times)


def _books(database: str, url: str, size: Size, *, times: int) -> Books:
    app = create_app({"DATABASE_URL": url, "APP_ENV": "testing"})
    site.fill_database(app, site.Size(schools=8, events=size.events, pupils=400))
    with app.app_context():
        few = min(FIRST_ENTRIES, size.entries)
        at_first = _timed(lambda: _post(few)) / few
        _fill(size.lines)
        sealing = _timed(_seal)
        _analyze()
        posting = _timed(lambda: _post(size.entries, after=few))
        _seal()
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={site.sign_in_as(Role.TREASURER)}"
        looks = [*_queries(times), *_pages(app, cookie, times)]
        assert fund_queries.balances() == _fold(), "the running balances agree with every line"
        db.engine.dispose()
    return Books(database, size.lines, size.entries, at_first, posting, sealing, looks)


def _fill(lines: int) -> None:
    """Write whole entries until there are so many lines."""
    rng, today = random.Random(2027), clock.today()
    events = list(db.session.execute(select(Event.id, Event.slug)).all())
    first_id = (db.session.scalar(select(func.max(Entry.id))) or 0) + 1
    drafts = _drafts(rng, [slug for _, slug in events])
    ids = {slug: event_id for event_id, slug in events}
    written = db.session.scalar(select(func.count()).select_from(EntryLine)) or 0
    entry_id, began = first_id, written
    while written < lines:
        heads: list[dict[str, Any]] = []
        bodies: list[dict[str, Any]] = []
        sizes: list[dict[str, Any]] = []
        while len(bodies) < BATCH and written + len(bodies) < lines:
            draft = next(drafts)
            sizes.append({"entry_id": entry_id, "pence": ledger.amount(draft.lines)})
            heads.append(_row(draft, entry_id, ids, today - timedelta(rng.randrange(365 * YEARS))))
            bodies += [
                {
                    "entry_id": entry_id,
                    "account": of.account,
                    "fund": of.fund,
                    "pence": of.pence,
                    "memo": of.memo,
                }
                for of in draft.lines
            ]
            entry_id += 1
        with transaction() as session:
            session.execute(insert(Entry), heads)
            session.execute(insert(EntryLine), bodies)
            session.execute(insert(EntrySize), sizes)
        if written == began:  # PostgreSQL checks every row on commit, and plans by the table's size
            _analyze()
        written += len(bodies)
    _count_on()


def _row(draft: Draft, entry_id: int, ids: dict[str, int], on: date) -> dict[str, Any]:
    return {
        "id": entry_id,
        "key": f"bench:{entry_id}",
        "kind": draft.kind.value,
        "description": draft.description,
        "entered_on": on,
        "entered_at": clock.now(),
        "event_id": ids.get(draft.event or ""),
        "reason": "",
        "school": draft.school or "",
        "line_count": len(draft.lines),
    }


def _drafts(rng: random.Random, slugs: list[str]) -> Iterator[Draft]:
    """Yield entries as a network makes them: in every ten, six payments and three card fees."""
    while True:
        slug = rng.choice(slugs)
        for _ in range(6):
            yield ledger.payment(
                key="k", amount_pence=600, parts=PARTS, event=slug, fee_kind=FeeKind.CHARGE
            )
        for _ in range(3):
            yield ledger.card_fee(key="k", pence=29, event=slug)
        yield ledger.event_cost(key="k", pence=2_000, description="Speaker", event=slug)


def _count_on() -> None:
    """Let PostgreSQL number the next rows after those written here."""
    if db.engine.dialect.name == "postgresql":
        with transaction() as session:
            for table in (Entry.__tablename__, EntryLine.__tablename__):
                session.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) "
                        f"FROM {table}"
                    )
                )


def _seal() -> None:
    done = 1
    while done:
        with transaction():
            done = fund.seal(now=clock.now())


def _analyze() -> None:
    """Let the database count its rows, so that every connection plans by that."""
    with transaction() as session:
        session.execute(text("ANALYZE"))
    db.engine.dispose()


def _post(entries: int, *, after: int = 0) -> None:
    """Post one entry after another, each in its own transaction, as payments arrive."""
    for number in range(after, after + entries):
        with transaction():
            draft = ledger.payment(
                key=f"posted:{number}", amount_pence=600, parts=PARTS, fee_kind=FeeKind.CHARGE
            )
            fund.post(actor=COMMAND, now=clock.now(), draft=draft)


def _timed(work: Any) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _queries(times: int) -> Iterator[Looked]:
    this_year = (clock.today() - timedelta(days=365), clock.today())
    for name, look in (
        ("every balance", fund_queries.balances),
        (
            "a year's movements",
            lambda: fund_queries.moved(first_on=this_year[0], last_on=this_year[1]),
        ),
        (FOLD, _fold),
    ):
        yield Looked(name, _median(look, times), 1)


def _fold() -> dict[tuple[str, Fund], int]:
    found = select(EntryLine.account, EntryLine.fund, func.sum(EntryLine.pence)).group_by(
        EntryLine.account, EntryLine.fund
    )
    return {(name, fund): int(pence) for name, fund, pence in db.session.execute(found)}


def _pages(app: Flask, cookie: str, times: int) -> Iterator[Looked]:
    client = app.test_client(use_cookies=False)
    for name, path in PAGES:
        page = site.Page(name, path, {"Cookie": cookie})
        site.look_at(app, page)
        seconds = _median(lambda path=path: client.get(path, headers={"Cookie": cookie}), times)
        yield Looked(name, seconds, len(page.statements))


def _median(look: Any, times: int) -> float:
    found = []
    for _ in range(times):
        db.session.rollback()
        found.append(_timed(look))
    return median(found)

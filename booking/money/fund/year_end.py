"""What the fund itself adds to the year-end check list, from the ledger alone."""

from collections.abc import Iterator
from datetime import date, datetime, time

from booking.days.events.models import EventState
from booking.domain import english, money
from booking.domain.ledger import Fund, accounts
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.web import addresses
from booking.money.fund import ports, queries
from booking.money.fund.ports import Point

#: How many titles are named before "and 3 more".
NAMED = 3
#: Accounts that are empty once everything is settled: the point's name, and where to settle it.
TRANSIENT = (
    (
        accounts.CASH,
        "Cash is banked",
        "{} was in the cash box.",
        addresses.FUND_NEW_ENTRY(kind="cash-banked"),
    ),
)
#: The same, where families pay by card.
TRANSIENT_CARDS = (
    (
        accounts.CARD_CLEARING,
        "Card payments are paid out",
        "{} was with the card processor.",
        addresses.FUND_PAYOUTS(),
    ),
    (
        accounts.TO_EXPLAIN,
        "Every card payment is explained",
        "{} was not explained.",
        addresses.FUND_TO_EXPLAIN(),
    ),
)


def points(first_on: date, last_on: date) -> list[Point]:
    """Return the fund's own points for a year, in seven queries."""
    held = queries.moved(last_on=last_on)
    return [
        _sealed(last_on),
        _events(min(clock.now(), datetime.combine(last_on, time.max, tzinfo=LONDON))),
        _decisions(),
        *_settled(held),
        _schools(held),
        _overdrawn(held),
    ]


def _sealed(last_on: date) -> Point:
    waiting = queries.waiting_for_seal(last_on)
    words = english.plural(waiting, "entry is waiting", "entries are waiting")
    problem = f"{words} for a seal. The background worker adds it within ten minutes."
    return Point("Every entry is sealed", problem if waiting else "", addresses.FUND(), stops=True)


def _events(until: datetime) -> Point:
    titles = [e.title for e, _ in queries.to_close(until) if e.state is EventState.PUBLISHED]
    more = [f"{len(titles) - NAMED:,} more"] if len(titles) > NAMED else []
    problem = f"Not closed: {english.listed([*titles[:NAMED], *more])}." if titles else ""
    return Point("Every event that is over is closed", problem, addresses.FUND_EVENTS())


def _decisions() -> Point:
    waiting = queries.waiting_count()
    words = english.plural(waiting, "request is waiting", "requests are waiting")
    problem = f"{words} for a second person." if waiting else ""
    return Point("Nothing is waiting for a second person", problem, addresses.FUND_DECISIONS())


def _settled(held: dict[tuple[str, Fund], int]) -> Iterator[Point]:
    cards = TRANSIENT_CARDS if ports.has_card_money() else ()
    for account, label, words, url in TRANSIENT + cards:
        pence = sum(of for (name, _), of in held.items() if name == account)
        yield Point(label, words.format(money.pounds(pence)) if pence else "", url)


def _schools(held: dict[tuple[str, Fund], int]) -> Point:
    owed = sum(of for (name, _), of in held.items() if accounts.is_due_from_school(name))
    problem = f"Schools owed {money.pounds(owed)}." if owed else ""
    return Point("Schools have paid what they owe", problem, addresses.FUND_INVOICES())


def _overdrawn(held: dict[tuple[str, Fund], int]) -> Point:
    below = [
        queries.fund_title(fund)
        for fund in sorted({fund for _, fund in held})
        if sum(of for (name, f), of in held.items() if f == fund and accounts.is_asset(name)) < 0
    ]
    problem = f"Below zero: {english.listed(below)}." if below else ""
    return Point("No fund is below zero", problem, addresses.FUND())

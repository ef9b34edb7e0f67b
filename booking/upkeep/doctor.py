"""Every invariant that must hold at any moment, each checked by reading only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import text

from booking.days.allocation import service as allocation
from booking.days.seasons import service as seasons
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.bank import soundness as bank_soundness
from booking.money.bids import soundness as bid_soundness
from booking.money.fund import service as fund
from booking.upkeep import retention


@dataclass(frozen=True)
class Check:
    """One invariant: what must be true, and what finds the rows for which it is not."""

    promise: str
    problems: Callable[[], Iterable[str]]


def _rows(statement: str, words: str) -> Callable[[], Iterable[str]]:
    """Return a check that reports each row of `statement`, put into `words`."""

    def problems() -> Iterable[str]:
        for row in db.session.execute(text(statement)):
            yield words.format(*row)

    return problems


def _audit_chain() -> Iterable[str]:
    if broken := audit.first_broken():
        yield f"audit entry {broken.row_id}: {broken.reason}"


def _ledger() -> Iterable[str]:
    if problem := fund.verify().problem:
        yield problem


def _rounds() -> Iterable[str]:
    yield from allocation.problems()


def _season_plans() -> Iterable[str]:
    yield from seasons.problems()


def _overdue() -> Iterable[str]:
    for name, count in retention.overdue(clock.now() - retention.GRACE).items():
        if count:
            yield f"{name}: {count} rows are past their time; run `flask retention purge`"


def _sqlite_integrity() -> Iterable[str]:
    if db.engine.dialect.name != "sqlite":
        return
    for (answer,) in db.session.execute(text("PRAGMA integrity_check")):
        if answer != "ok":
            yield f"SQLite: {answer}"
    for row in db.session.execute(text("PRAGMA foreign_key_check")):
        yield f"SQLite: {row[0]} row {row[1]} refers to a missing {row[2]}"


CHECKS = (
    Check(
        "No event seats more pupils than it has places",
        _rows(
            """
            SELECT events.slug, seated.taken, seated.held FROM events JOIN (
                SELECT places.event_id, COUNT(bookings.id) AS taken,
                       COUNT(DISTINCT places.id) AS held
                FROM places JOIN bookings ON bookings.place_id = places.id
                 AND bookings.state IN ('invited', 'confirmed', 'attended', 'absent')
                GROUP BY places.event_id
            ) AS seated ON seated.event_id = events.id WHERE seated.taken > seated.held
            """,
            "{0}: {1} pupils on {2} places",
        ),
    ),
    Check(
        "A seated pupil sits on a place of the same event, held by the same school",
        _rows(
            """
            SELECT bookings.id FROM bookings JOIN places ON places.id = bookings.place_id
            WHERE bookings.state IN ('invited', 'confirmed', 'attended', 'absent')
              AND (places.event_id <> bookings.event_id
                   OR places.school_id IS NULL OR places.school_id <> bookings.school_id)
            """,
            "booking {0} sits on a place that is not its school's",
        ),
    ),
    Check(
        "A pupil is named by the pupil's own school",
        _rows(
            """
            SELECT bookings.id FROM bookings JOIN pupils ON pupils.id = bookings.pupil_id
            WHERE pupils.school_id <> bookings.school_id
            """,
            "booking {0} names another school's pupil",
        ),
    ),
    Check(
        "A pupil is named, or a reserve, once at an event",
        _rows(
            """
            SELECT events.slug, bookings.pupil_id, COUNT(*) FROM bookings
            JOIN events ON events.id = bookings.event_id
            WHERE bookings.state IN ('reserve', 'invited', 'confirmed', 'attended', 'absent')
            GROUP BY events.slug, bookings.pupil_id HAVING COUNT(*) > 1
            """,
            "{0}: pupil {1} is there {2} times",
        ),
    ),
    Check(
        # A date may change later and bring a pupil to two; the coordinators are told, and choose.
        "No pupil was named for two events at once",
        _rows(
            """
            SELECT DISTINCT a.id, b.id FROM bookings AS a
            JOIN bookings AS b ON a.pupil_id = b.pupil_id AND a.event_id < b.event_id
            JOIN event_dates AS da ON da.event_id = a.event_id
            JOIN event_dates AS db ON db.event_id = b.event_id
            WHERE a.state IN ('invited', 'confirmed') AND b.state IN ('invited', 'confirmed')
              AND da.starts_at < db.ends_at AND db.starts_at < da.ends_at
              AND NOT EXISTS (
                SELECT 1 FROM audit_entries AS moved
                WHERE moved.action = 'change_event' AND moved.subject_type = 'events'
                  AND moved.subject_id IN (CAST(a.event_id AS VARCHAR(20)),
                                           CAST(b.event_id AS VARCHAR(20)))
                  AND CAST(moved.facts AS VARCHAR(2000)) LIKE '%"dates"%'
                  AND moved.at >= a.named_at AND moved.at >= b.named_at)
            """,
            "bookings {0} and {1} are of one pupil at the same time",
        ),
    ),
    Check(
        "A place on offer is held by nobody",
        _rows(
            """
            SELECT offers.id FROM offers JOIN places ON places.id = offers.place_id
            WHERE offers.state = 'open' AND places.school_id IS NOT NULL
            """,
            "offer {0} is open although a school holds its place",
        ),
    ),
    Check(
        "Every processor row stands for entries of the same amount",
        _rows(
            """
            SELECT balance_rows.gateway_id, balance_rows.amount_pence - balance_rows.fee_pence,
                   COALESCE(SUM(entry_lines.pence), 0)
            FROM balance_rows
            LEFT JOIN row_entries ON row_entries.row_id = balance_rows.id
            LEFT JOIN entry_lines ON entry_lines.entry_id = row_entries.entry_id
             AND entry_lines.account = 'assets:card-clearing'
            WHERE balance_rows.kind <> 'payout' AND NOT EXISTS (
                SELECT 1 FROM explanations
                WHERE explanations.row_id = balance_rows.id AND explanations.parked_key = '')
            GROUP BY balance_rows.id, balance_rows.gateway_id,
                     balance_rows.amount_pence, balance_rows.fee_pence
            HAVING COALESCE(SUM(entry_lines.pence), 0)
                   <> balance_rows.amount_pence - balance_rows.fee_pence
            """,
            "row {0} is {1} pence at the card processor and {2} in the books",
        ),
    ),
    Check(
        # Costs of events come before their contributions, and administration bears what it must.
        "No fund but events and administration is overspent",
        _rows(
            """
            SELECT funds.title, SUM(pence) FROM entry_lines
            JOIN funds ON funds.name = entry_lines.fund
            WHERE fund NOT IN ('events', 'admin') AND account LIKE 'assets:%'
            GROUP BY funds.title HAVING SUM(pence) < 0
            """,
            "the {0} stands at {1} pence",
        ),
    ),
    Check(
        "Every payment that was taken is in the ledger",
        _rows(
            """
            SELECT payments.public_id, payment_lines.number FROM payments
            JOIN payment_lines ON payment_lines.payment_id = payments.id
            LEFT JOIN entries ON entries.key = 'payment:' || payments.public_id
                || CASE payment_lines.number WHEN 1 THEN '' ELSE ':' || payment_lines.number END
            WHERE payments.state IN ('paid', 'part_refunded', 'refunded') AND entries.id IS NULL
            """,
            "payment {0} has no entry for line {1}",
        ),
    ),
    Check(
        "A payment is the sum of its lines, and what went back the sum of its refunds",
        _rows(
            """
            SELECT payments.public_id FROM payments WHERE
                payments.amount_pence <> (SELECT COALESCE(SUM(amount_pence), 0)
                    FROM payment_lines WHERE payment_id = payments.id)
                OR payments.refunded_pence <> (SELECT COALESCE(SUM(refunded_pence), 0)
                    FROM payment_lines WHERE payment_id = payments.id)
                OR EXISTS (SELECT 1 FROM payment_lines WHERE payment_id = payments.id
                    AND refunded_pence <> (SELECT COALESCE(SUM(amount_pence), 0) FROM refunds
                        WHERE line_id = payment_lines.id AND state IN ('pending', 'succeeded')))
            """,
            "payment {0} does not add up",
        ),
    ),
    Check(
        "Every ledger entry is whole, balances in each fund, and is as it was when sealed", _ledger
    ),
    Check("The audit trail's hash chain holds", _audit_chain),
    Check("Every round can be recomputed from its published record", _rounds),
    Check("Every accepted season plan agrees with its record and its places", _season_plans),
    Check("CPD money is promised to approved bids alone, and is there", bid_soundness.problems),
    Check(bank_soundness.PROMISE, bank_soundness.problems),
    Check("Nothing is kept past its time", _overdue),
    Check("The database file is whole", _sqlite_integrity),
)


def examine() -> list[tuple[Check, list[str]]]:
    """Run every check; return each with its problems (none: the promise holds)."""
    return [(check, list(check.problems())) for check in CHECKS]

"""The ledger knows no pupil: erasing one leaves every total and every hash unchanged."""

import pytest
from sqlalchemy import MetaData, String, cast, delete, select

from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import Base, db, transaction
from booking.money.checkout import service as checkout
from booking.money.fund import queries, service
from booking.money.payments.models import Method, PaymentLine
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Parent, Pupil
from booking.upkeep import purging
from tests.builders import checkout as families
from tests.builders import events, schools

LEDGER = {
    "entries",
    "entry_lines",
    "ledger_seals",
    "ledger_totals",
    "closed_years",
    "ledger_decisions",
    "spending_proposals",
}
#: Appears in every name and address of the family, and nowhere else.
CANARY = "zqnobody"


@pytest.fixture
def family(app, db_session):
    """A family whose money took every path: paid, partly refunded, and with a failed refund."""
    school = schools.make_school(name="Ashdale Primary School", slug="ashdale")
    event = families.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    found = families.make_family(
        event,
        school=school,
        forename=f"{CANARY}-ada",
        parent_name=f"{CANARY} Okoro",
        parent_email=f"{CANARY}@parents.example",
    )
    families.answer(found, given_by=f"{CANARY} Okoro", emergency_name=f"{CANARY} Okoro")
    families.pay(found, 600)
    families.fail_refund(found, f"Asked by {CANARY}", 100)
    with transaction():
        line = db.session.scalars(select(PaymentLine)).one()
        checkout.refund(
            actor=COMMAND, now=clock.now(), line=line, reason=f"For {CANARY}", amount_pence=150
        )
    checkout.execute_refunds(clock.now())
    with transaction():
        service.seal(now=clock.now())
    return found


@pytest.fixture
def books(app, tmp_path):
    """Provide `books()`: all that the ledger says, in numbers, in hashes and as files."""

    def written(name):
        path = tmp_path / name
        asked = ["fund", "export", "--format", name, "--output", str(path)]
        done = app.test_cli_runner().invoke(args=asked)
        assert done.exit_code == 0, done.output
        return path.read_text()

    def read():
        files = [written(name) for name in ("csv", "beancount", "hledger")]
        return queries.balances(), queries.latest_seal().hash, queries.mark(), files

    return read


def texts(table):
    """Return every value of a table as text."""
    columns = [cast(column, String) for column in table.columns]
    return [str(value) for row in db.session.execute(select(*columns)) for value in row]


def dependents(metadata: MetaData, names: set[str]) -> set[str]:
    """Return the tables whose rows refer to rows of these tables, however far off."""
    found, added = set(names), True
    while added:
        more = {
            table.name
            for table in metadata.tables.values()
            if any(key.column.table.name in found for key in table.foreign_keys)
        }
        added = not more <= found
        found |= more
    return found


def erase(pupil_id, parent_id):
    """Delete everything about a family, as thoroughly as the law could require."""
    gone = dependents(Base.metadata, {"pupils", "parents"})
    with transaction():
        for table in reversed(Base.metadata.sorted_tables):
            if table.name in gone:
                db.session.execute(delete(table))
    assert db.session.get(Pupil, pupil_id) is None
    assert db.session.get(Parent, parent_id) is None


def test_no_row_of_the_ledger_refers_to_a_pupil_a_parent_or_their_payment():
    about_people = dependents(Base.metadata, {"pupils", "parents"})

    assert {"bookings", "payment_lines", "refunds"} <= about_people
    assert about_people & LEDGER == set()


def test_family_that_paid_has_left_its_money_in_the_ledger(family):
    kinds = [entry.kind for entry in queries.whole(queries.mark().last_id)]

    assert {"payment", "refund"} <= set(kinds)
    assert len(kinds) >= 4


def test_no_name_occurs_in_any_text_of_the_ledger(family, books):
    tables = [Base.metadata.tables[name] for name in sorted(LEDGER)]
    written = [text for table in tables for text in texts(table)]
    *_, files = books()

    assert len(written) > 50
    assert [text for text in (*written, *files) if CANARY in text.casefold()] == []


def test_canary_would_be_found(family):
    people = [*texts(Pupil.__table__), *texts(Parent.__table__)]

    assert len([text for text in people if CANARY in text.casefold()]) == 3


def test_pupil_who_leaves_and_is_purged_leaves_the_books_as_they_were(family, books, db_session):
    before = books()
    with transaction():
        pupil = db_session.get_one(Pupil, family.booking.pupil_id)
        pupils.remove_pupil(actor=COMMAND, now=clock.now(), pupil=pupil)
    purging.purge(clock.now().replace(year=clock.now().year + 8))

    assert books() == before
    assert service.verify().problem == ""


def test_family_that_is_erased_leaves_the_books_as_they_were(family, books, db_session):
    before = books()

    erase(family.booking.pupil_id, family.parent.id)

    assert books() == before
    assert service.verify().problem == ""


def test_cash_that_a_school_takes_names_nobody_either(app, db_session):
    school = schools.make_school()
    event = events.make_event(host=schools.make_school(), fee_pence=600)
    family = families.make_family(event, school=school, forename=CANARY)
    families.answer(family)
    with transaction():
        checkout.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=family.booking,
            amount_pence=600,
            method=Method.CASH,
        )
    written = [text for name in LEDGER for text in texts(Base.metadata.tables[name])]

    assert "assets:cash" in written
    assert CANARY not in "".join(written)

"""After its time nothing of a family is left in the database, and every count and penny is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from booking.days.places.models import Booking
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.money.fund import service as fund
from booking.money.fund.models import Entry, EntryLine
from booking.money.payments.models import Payment, Refund
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Person
from booking.upkeep import doctor, purging

pytestmark = pytest.mark.usefixtures("back_again")
LONG_AFTER = datetime(2034, 1, 1, tzinfo=UTC)


def everything_written():
    """Return every value of every row, decrypted, by its column."""
    db.session.rollback()
    return {
        (str(column), str(value))
        for table in db.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for column, value in zip(table.columns, row, strict=True)
    }


def where(words):
    """Return which of these words are anywhere, and in which columns."""
    written = everything_written()
    return sorted({(column, w) for w in words for column, value in written if w in value})


def bytes_of_the_file():
    """Return what SQLite's files hold, free pages and logs included; nothing of PostgreSQL."""
    if db.engine.dialect.name != "sqlite":
        return b""
    path = Path(db.engine.url.database)
    beside = path.parent.glob(f"{path.name}*")
    return b"".join(file.read_bytes() for file in beside if file.is_file())


def counted_and_paid():
    """Return what has to be the same for ever: who came from where, and every sum."""
    db.session.rollback()
    statements = (
        select(Booking.event_id, Booking.school_id, Booking.state, Pupil.year_group, func.count())
        .join(Booking.pupil)
        .group_by(Booking.event_id, Booking.school_id, Booking.state, Pupil.year_group),
        select(EntryLine.account, EntryLine.fund, func.sum(EntryLine.pence)).group_by(
            EntryLine.account, EntryLine.fund
        ),
        select(Payment.state, func.count(), func.sum(Payment.amount_pence)).group_by(Payment.state),
        select(Refund.state, func.count(), func.sum(Refund.amount_pence)).group_by(Refund.state),
        select(func.count(), func.max(Entry.id)),
    )
    return [sorted(map(str, db.session.execute(one).all())) for one in statements]


def broken():
    """Return the problems of each promise that does not hold."""
    db.session.rollback()
    return {check.promise: found for check, found in doctor.examine() if found}


def close_incidents():
    statement = "UPDATE incidents SET closed_at = created_at, keep_until = '2030-08-31'"
    db.session.execute(text(statement.replace("created_at", "happened_at")))


def test_nothing_of_a_family_is_left_and_every_count_and_penny_is(world, time_machine, counted):
    marked = world.network.own.all | world.network.other.all
    # The end of a telephone number alone may be in any digest.
    words = {f"7700{word}" if word.isdigit() else word for word in marked}
    with transaction():
        close_incidents()
        fund.seal(now=clock.now())
        audit.seal(now=clock.now())
    assert len(where(words)) > 100
    before, broken_before = counted_and_paid(), broken()
    assert counted_and_paid()[0]

    purging.purge(LONG_AFTER)

    assert "\n".join(map(str, where(words))) == ""
    stored = bytes_of_the_file()
    assert sorted(word for word in words if word.encode() in stored) == []
    assert db.session.scalar(select(func.count()).select_from(Parent)) == 0
    assert set(db.session.scalars(select(Pupil.surname))) == {"pupil"}
    assert db.session.scalar(select(func.count()).where(Person.forgotten_at.is_(None)))
    assert counted_and_paid() == before
    assert fund.verify().problem == ""
    assert audit.first_broken() is None
    assert broken() == broken_before
    time_machine.move_to(LONG_AFTER)
    assert purging.overdue(LONG_AFTER) == dict.fromkeys(purging.overdue(LONG_AFTER), 0)
    counted(f"{len(words)} words about families, none of them left after their time")

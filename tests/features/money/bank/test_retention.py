"""What a bank wrote may name a person: the words are deleted, the day and amount stay."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from booking.money.bank import queries
from booking.money.bank import retention as bank_retention
from booking.money.bank.models import BankLine
from booking.upkeep import purging
from tests.builders.bank import lines, make_statement

pytestmark = pytest.mark.usefixtures("db_session")
RULE = "descriptions on bank statements"
OLD, YOUNG = date(2020, 8, 31), date(2020, 9, 1)
NOW = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)


def test_words_go_six_years_after_the_school_year_and_the_line_stays(db_session):
    make_statement((OLD, "J SMITH FOR ADA", 600), (YOUNG, "K JONES FOR BEA", 600))

    assert purging.overdue(NOW)[RULE] == 1
    purging.purge(NOW)

    db_session.rollback()
    kept = db_session.scalars(select(BankLine).order_by(BankLine.id)).all()
    assert [(line.moved_on, line.pence, line.description) for line in kept] == [
        (OLD, 600, bank_retention.WORDS_REMOVED),
        (YOUNG, 600, "K JONES FOR BEA"),
    ]
    assert purging.overdue(NOW)[RULE] == 0


def test_a_line_without_its_words_is_still_known_again(db_session):
    make_statement((OLD, "J SMITH FOR ADA", 600))
    purging.purge(NOW)

    db_session.rollback()
    assert queries.plan(lines([(OLD, "J SMITH FOR ADA", 600)])).of("known")

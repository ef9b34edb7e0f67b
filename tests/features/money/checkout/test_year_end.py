"""A school year's check list tells the treasurer which payments and refunds are not finished."""

from datetime import date

import pytest

from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout
from booking.money.checkout import year_end
from booking.money.fund import ports as fund_ports
from booking.money.payments.models import PaymentLine
from tests.builders import checkout as families

YEAR = (date(2026, 9, 1), date(2027, 8, 31))
YEAR_BEFORE = (date(2025, 9, 1), date(2026, 8, 31))


def problems(year=YEAR):
    return [point.problem for point in year_end.points(*year) if not point.is_fine]


@pytest.fixture
def family(app, db_session):
    found = families.make_family(families.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    families.answer(found)
    return found


def test_year_without_payments_has_nothing_open(app, db_session):
    assert problems() == []
    assert len(year_end.points(*YEAR)) == 3


def test_payment_that_is_open_at_the_processor_is_told(family):
    families.begin(family, 600)

    assert problems() == ["1 payment is open at the card processor."]
    assert problems(YEAR_BEFORE) == []


def test_settled_payment_is_fine_and_its_refund_is_told_until_it_has_gone(family):
    families.pay(family, 600)
    assert problems() == []

    with transaction():
        line = db.session.query(PaymentLine).one()
        checkout.refund(actor=COMMAND, now=clock.now(), line=line, reason="Ill", amount_pence=100)
    assert problems() == ["1 refund is in progress."]

    checkout.execute_refunds(clock.now())
    assert problems() == []


def test_the_fund_asks_for_these_points(app):
    assert year_end.points in fund_ports.year_end_points.providers

"""Several treasurers record one transfer at once: it is received once."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.days.places.models import Booking
from booking.domain import transferring
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout_service
from booking.money.fund import queries as fund_queries
from booking.money.payments.models import Payment
from booking.money.transfers import queries as transfer_queries
from booking.money.transfers import service as transfers
from tests.builders import bank, checkout
from tests.races.together import errors, together, writing

CROWD = 4


@pytest.fixture
def line(app, db_session):
    """A bank line that quotes the reference of a family's contribution."""
    family = checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    checkout.answer(family)
    with transaction():
        booking = db.session.get_one(Booking, family.booking.id)
        row = transfers.give_reference(
            now=clock.now(), booking=booking, parent_id=family.parent.id, offered=True
        )
        said = transferring.reference(row.number)
    bank.make_statement((clock.today(), said, 600))
    [arrived] = transfer_queries.arrived()
    db.session.rollback()
    return arrived.money.line


def received():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Payment))


def test_without_looking_again_under_the_locks_it_is_received_several_times(app, line):
    gate = Barrier(CROWD)

    def work():
        [arrived] = transfer_queries.arrived()
        [share] = arrived.shares
        booking_id, parent_id = share.reference.booking_id, share.reference.parent_id
        db.session.rollback()
        gate.wait(30)
        with transaction():
            checkout_service.receive_transfer(
                actor=COMMAND,
                now=clock.now(),
                booking=db.session.get_one(Booking, booking_id),
                parent_id=parent_id,
                amount_pence=share.pence,
                reference="FP 123 456 751",
                arrived_on=clock.today(),
            )

    together(app, [work] * CROWD)
    assert received() > 1


def test_one_transfer_recorded_by_many_at_once_is_received_once(app, line):
    def work():
        return transfers.record_arrived(actor=COMMAND, now=clock.now(), lines=[line])

    done = together(app, [writing(work)] * CROWD)

    assert [each for each in done if each == 1] == [1]
    assert errors(done) == ["NoTransferArrived"] * (CROWD - 1)
    assert received() == 1
    assert sum(fund_queries.held_by_fund("assets:bank").values()) == 600

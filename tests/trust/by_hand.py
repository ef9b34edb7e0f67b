"""Money that a school takes by hand, in the network that is tried: a cheque, a refund, a slip."""

from booking.days.places.models import Booking
from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.cash import service as cash
from booking.money.checkout import locks as checkout_locks
from booking.money.checkout import service as checkout
from booking.money.checkout.models import PayIn
from booking.money.checkout.service import posting
from booking.money.fund import service as fund
from booking.money.payments import service as payments
from booking.money.payments.models import Method
from tests.builders import checkout as checkout_families
from tests.trust.canaries import Canaries


def cheque(family: checkout_families.Family, mark: Canaries) -> dict[str, str]:
    """Record a cheque, a refund of some of it, and a paying-in slip of the same school."""
    reference, reason = mark.word("cheque", mark.private), mark.word("reason", mark.private)
    now = clock.now()
    with transaction():
        booking = db.session.get_one(Booking, family.booking.id)
        payment = checkout.receive_money(
            actor=COMMAND,
            now=now,
            booking=booking,
            method=Method.CHEQUE,
            amount_pence=600,
            reference=reference,
        )
    with transaction():
        refund = checkout.refund(
            actor=COMMAND, now=now, line=payment.lines[0], reason=reason, amount_pence=200
        )
    with transaction() as unit:
        pay_in = PayIn(
            school_id=booking.school_id,
            amount_pence=100,
            reference="Slip",
            banked_on=clock.today(),
        )
        unit.add(pay_in)
        unit.flush()
        banked = ledger.cash_banked(
            key=cash.key_of(pay_in), amount_pence=100, cash={Fund.EVENTS: 100}
        )
        fund.post(actor=COMMAND, now=now, draft=banked)
    with transaction():
        transfer = payments.receive(
            actor=COMMAND,
            now=now,
            item=payments.PaymentItem(booking.id, booking.event_id, 100),
            school_id=booking.school_id,
            method=Method.BANK_TRANSFER,
            reference="FP 123 456 751",
        )
        held = checkout_locks.line(transfer.lines[0].id)
        posting.payment(held, now=now)
        sent = checkout.refund(
            actor=COMMAND, now=now, line=held.line, reason=reason, amount_pence=50
        )
    return {
        "transfer": transfer.public_id,
        "transfer_refund": sent.public_id,
        "pay_in": pay_in.public_id,
        "cheque_booking": family.booking.public_id,
        "payment": payment.public_id,
        "refund": refund.public_id,
    }

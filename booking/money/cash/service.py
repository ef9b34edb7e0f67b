"""Cash and cheques that a school took to the bank: out of the cash box, into the bank account."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from booking.domain import ledger
from booking.domain.funds import Fund
from booking.domain.ledger import accounts
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.cash import queries
from booking.money.checkout.models import PayIn, PayInPayment
from booking.money.fund import locks as fund_locks
from booking.money.fund import service as fund
from booking.money.payments import locks as payment_locks
from booking.people.schools.models import School


class ListChanged(ValueError):
    """What was listed is not what is in the cash box now; nothing was written."""


class SlipMissing(ValueError):
    """There is no paying-in slip number, by which the money is found again."""


def bank(
    *,
    actor: Actor,
    now: datetime,
    school: School,
    listed: Sequence[str],
    listed_pence: int,
    reference: str,
    banked_on: date,
) -> PayIn:
    """Record that the listed payments (public ids) of a school were taken to the bank.

    `listed_pence` is the total of the list when the person counted the money. The entry keeps each
    penny in its fund. Raises SlipMissing, ListChanged, fund.NotEnoughMoney (the treasurer has
    banked it already), fund.DateInFuture, ledger.YearIsClosed.
    """
    if not reference.strip():
        raise SlipMissing("Enter the paying-in slip number.")
    fund_locks.funds()
    wanted = set(listed)
    payment_locks.payments(wanted)
    here = [item for item in queries.to_bank(school.id) if item.payment.public_id in wanted]
    pence = sum(item.pence for item in here)
    if not here or len(here) != len(wanted) or pence != listed_pence:
        raise ListChanged(
            "The list has changed since you opened this page: somebody has banked, received or "
            "handed back money. Count again by the list as it is now."
        )
    fund.refuse_more_than_cash(pence=pence, account=accounts.CASH)
    pay_in = PayIn(
        school_id=school.id,
        amount_pence=pence,
        reference=reference.strip(),
        banked_on=banked_on,
        recorded_at=now,
    )
    db.session.add(pay_in)
    db.session.flush()
    db.session.add_all(
        PayInPayment(payment_id=item.payment.id, pay_in_id=pay_in.id, pence=item.pence)
        for item in here
    )
    shares: Counter[Fund] = Counter()
    for item in here:
        shares.update(item.held)
    draft = ledger.cash_banked(key=f"pay-in:{pay_in.public_id}", amount_pence=pence, cash=shares)
    fund.post(actor=actor, now=now, draft=draft, entered_on=banked_on)
    audit.record(
        actor=actor,
        action="bank_cash",
        subject=pay_in,
        school_id=school.id,
        now=now,
        amount_pence=pence,
        payments=len(here),
        reference=pay_in.reference,
    )
    return pay_in

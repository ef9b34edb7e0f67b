"""Cash and cheques that a school took to the bank: out of the cash box, into the bank account."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from sqlalchemy import delete

from booking.domain import ledger, money
from booking.domain.funds import Fund
from booking.domain.ledger import accounts
from booking.domain.permissions import Actor, Role
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.cash import queries
from booking.money.checkout.models import PayIn, PayInPayment
from booking.money.fund import locks as fund_locks
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Decision, Entry
from booking.money.fund.ports import EntrySource
from booking.money.payments import locks as payment_locks
from booking.people.schools import queries as school_queries
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
    draft = ledger.cash_banked(key=key_of(pay_in), amount_pence=pence, cash=shares)
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


def undo(
    *, actor: Actor, now: datetime, pay_in: PayIn, reason: str, decided: bool = False
) -> Entry | Decision:
    """Take a paying-in slip back that was recorded by mistake: its money is in the cash box again.

    Above the network's limit a second person is asked, and nothing changes until they agree.
    Raises fund.AlreadyUndone, and what `fund.undo_or_ask` raises.
    """
    fund_locks.funds()
    db.session.refresh(pay_in)
    if pay_in.undone_at is not None:
        raise fund.AlreadyUndone("This slip has already been undone.")
    entry = fund_queries.entry_of(key_of(pay_in))
    made = fund.undo_or_ask(actor=actor, now=now, entry=entry, reason=reason, decided=decided)
    if isinstance(made, Decision):
        return made
    db.session.execute(delete(PayInPayment).where(PayInPayment.pay_in_id == pay_in.id))
    pay_in.undone_at, pay_in.undo_reason = now, reason.strip()
    audit.record(
        actor=actor,
        action="undo_pay_in",
        subject=pay_in,
        school_id=pay_in.school_id,
        now=now,
        reason=pay_in.undo_reason,
        amount_pence=pay_in.amount_pence,
        reference=pay_in.reference,
    )
    school = db.session.get_one(School, pay_in.school_id)
    fund.tell_undone(
        school_queries.people_with(Role.TREASURER),
        key=key_of(pay_in),
        what=f"The paying-in slip {pay_in.reference} of {school.name}, "
        f"{money.pounds(pay_in.amount_pence)},",
        reason=pay_in.undo_reason,
        then="The money is in the school’s cash box again. If the slip was matched with a line of "
        "the bank’s statement, cancel that match.",
        action_url=absolute_url(addresses.FUND_BANK_MATCHING()),
        action_label="Match the bank’s lines",
        now=now,
    )
    return made


def key_of(pay_in: PayIn) -> str:
    """Return the key of a slip's entry in the ledger."""
    return f"pay-in:{pay_in.public_id}"


def source_of(key: str, /) -> EntrySource | None:
    """Return the paying-in slip that made an entry."""
    kind, _, public_id = key.partition(":")
    pay_in = queries.pay_in(public_id) if kind == "pay-in" else None
    if pay_in is None:
        return None
    return EntrySource(
        made_by=f"the paying-in slip {pay_in.reference} of a school",
        how="To undo it, the school takes it back on its page of cash and cheques.",
        url="",
        label="",
        undo=partial(undo, pay_in=pay_in, decided=True),
    )

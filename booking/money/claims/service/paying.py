"""Pay an approved claim from the fund for events, and take a payment back."""

from datetime import date, datetime
from functools import partial

from booking.domain import claiming, ledger
from booking.domain.claiming import CostClaimState, OwnClaim
from booking.domain.ledger import Fund
from booking.domain.permissions import Actor
from booking.foundation.web import addresses
from booking.money.claims import locks, mail, queries
from booking.money.claims.models import CostClaim
from booking.money.claims.service import moves
from booking.money.fund import service as fund
from booking.money.fund.models import Decision, Entry
from booking.money.fund.ports import EntrySource


def pay(*, actor: Actor, now: datetime, claim: CostClaim, account: str, paid_on: date) -> CostClaim:
    """Record in the ledger that a claim was paid, as a cost of its event.

    Nobody pays themselves. Raises OwnClaim, MoveNotAllowed, fund.NotEnoughMoney, and what
    `fund.post` raises.
    """
    claim = locks.claim(claim.id)
    claiming.move(claim.state, CostClaimState.PAID)
    if actor.person_id is not None and actor.person_id == claim.claimant_id:
        raise OwnClaim("You made this claim, so another treasurer pays it.")
    draft = ledger.event_cost(
        key=fund.key_after(f"claim:{claim.public_id}"),
        pence=claim.pence,
        description=claim.title,
        event=claim.event.slug,
        account=account,
    )
    fund.refuse_overspending(pence=claim.pence, fund=Fund.EVENTS, account=account)
    claim.entry = fund.post(
        actor=actor, now=now, draft=draft, event_id=claim.event_id, entered_on=paid_on
    )
    moves.move(
        claim,
        CostClaimState.PAID,
        actor=actor,
        now=now,
        action="pay_cost_claim",
        entry=claim.entry.key,
    )
    mail.paid(claim, now=now)
    return claim


def undo_payment(
    *, actor: Actor, now: datetime, claim: CostClaim, reason: str, decided: bool = False
) -> Entry | Decision:
    """Take back that a claim was paid: it is approved, and waits to be paid.

    Above the network's limit a second person is asked, and nothing changes until they agree.
    Raises fund.AlreadyUndone, and what `fund.undo_or_ask` raises.
    """
    claim = locks.claim(claim.id)
    if claim.state is not CostClaimState.PAID or claim.entry is None:
        raise fund.AlreadyUndone("This payment has already been undone.")
    made = fund.undo_or_ask(actor=actor, now=now, entry=claim.entry, reason=reason, decided=decided)
    if isinstance(made, Decision):
        return made
    key, why = claim.entry.key, reason.strip()
    claim.entry = None
    moves.move(
        claim,
        CostClaimState.APPROVED,
        actor=actor,
        now=now,
        action="undo_cost_claim_payment",
        reason=why,
    )
    mail.payment_undone(claim, key=key, reason=why, now=now)
    return made


def source_of(key: str, /) -> EntrySource | None:
    """Return the claim that an entry paid."""
    kind, _, rest = key.partition(":")
    claim = queries.by_public_id(rest.partition(":")[0]) if kind == "claim" else None
    if claim is None:
        return None
    return EntrySource(
        made_by=f"the claim “{claim.title}”",
        how="To undo it, undo the payment there.",
        url=addresses.CLAIM(public_id=claim.public_id),
        label="Open the claim",
        undo=partial(undo_payment, claim=claim, decided=True),
    )

"""What the pages of a payment and of a paying-in slip show: the way of the money, link by link."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from booking.domain import ledger, money, terms
from booking.domain.ledger import Fund, accounts
from booking.domain.payment_states import RefundState
from booking.domain.processor_states import PayoutState
from booking.foundation.web import addresses
from booking.money.bank.models import BankLine
from booking.money.fund.models import Entry
from booking.money.fund.ports import EntryHome
from booking.money.invoices.models import InvoicePayment
from booking.money.payments.models import Method, Payment, Refund
from booking.money.tracing.queries import Trail

METHODS = {
    Method.CARD: "Card payment",
    Method.CASH: "Cash payment",
    Method.CHEQUE: "Cheque",
    Method.BANK_TRANSFER: "Bank transfer",
}
#: Refunds that the ledger does not have: the others are entries.
UNPOSTED = {
    RefundState.REQUESTED: "A refund waits to go out",
    RefundState.PENDING: "A refund is on its way",
    RefundState.FAILED: "A refund did not go through",
    RefundState.CANCELLED: "A refund was cancelled",
}


@dataclass(frozen=True)
class WayStep:
    """One thing that happened to some money: where, when, how much, and its page."""

    on: date
    place: str
    words: str
    pence: int
    url: str


@dataclass(frozen=True)
class FundShare:
    """What a fund has of some money, and for what."""

    fund: Fund
    purpose: str
    pence: int


def steps(trail: Trail, refunds: Iterable[Refund] = ()) -> list[WayStep]:
    """Return the way of the money: by day, and within a day from the ledger to the bank."""
    found = [of_entry(entry) for entry in trail.entries]
    found += [_refund(refund) for refund in refunds if refund.state in UNPOSTED]
    for payout in trail.payouts:
        came_back = payout.state is PayoutState.FAILED
        words = "Payout that came back" if came_back else "Paid out, with other card payments"
        url = addresses.FUND_PAYOUT(payout_id=payout.gateway_id)
        found.append(WayStep(payout.arrives_on, "Payout", words, payout.amount_pence, url))
    for slip in trail.slips:
        words = f"Taken to the bank, paying-in slip {slip.reference}"
        url = addresses.FUND_SLIP(public_id=slip.public_id)
        found.append(WayStep(slip.banked_on, "Paying-in slip", words, slip.amount_pence, url))
    found += [of_entry(entry) for entry in trail.carried]
    found += [_bank_line(line) for line in trail.bank_lines]
    return sorted(found, key=lambda step: step.on)


def of_entry(entry: Entry, home: EntryHome | None = None) -> WayStep:
    """Return an entry, which leads to the page of what made it, or else to its own."""
    lines = [ledger.DraftLine(line.account, line.fund, line.pence) for line in entry.lines]
    url = home.url if home else addresses.FUND_ENTRY(key=entry.key)
    return WayStep(entry.entered_on, "Ledger", entry.title, ledger.amount(lines), url)


def _refund(refund: Refund) -> WayStep:
    on = terms.london(refund.requested_at).date()
    url = addresses.FUND_REFUNDS()
    return WayStep(on, "Refunds", UNPOSTED[refund.state], refund.amount_pence, url)


def _bank_line(line: BankLine) -> WayStep:
    """Return a bank line without what the bank wrote, which may name a person."""
    words = "Into the bank account" if line.pence > 0 else "Out of the bank account"
    url = addresses.FUND_BANK_LINE(public_id=line.public_id)
    return WayStep(line.moved_on, "Bank line", words, abs(line.pence), url)


def shares(entries: Sequence[Entry]) -> list[FundShare]:
    """Return what each fund has of it now: what came in, less card fees and what went back."""
    left: Counter[tuple[Fund, str]] = Counter()
    for entry in entries:
        for line in entry.lines:
            if not accounts.is_asset(line.account):
                left[line.fund, line.memo or accounts.title(line.account)] -= line.pence
    return _shares(left)


def shares_of_invoice(entries: Sequence[Entry]) -> list[FundShare]:
    """Return what each fund has of what a school paid: a debt becomes money, fund by fund."""
    left: Counter[tuple[Fund, str]] = Counter()
    for entry in entries:
        for line in entry.lines:
            if accounts.is_asset(line.account) and not accounts.is_due_from_school(line.account):
                left[line.fund, accounts.title(line.account)] += line.pence
    return _shares(left)


def _shares(left: Mapping[tuple[Fund, str], int]) -> list[FundShare]:
    return [FundShare(fund, purpose, pence) for (fund, purpose), pence in left.items() if pence]


def whereabouts(payment: Payment, trail: Trail) -> str:
    """Return in a sentence how far the money has come."""
    if payment.undone_at is not None:
        return "It was recorded by mistake and taken back: no money came."
    if payment.paid_at is None:
        return "No money has come: the payment was not completed."
    if trail.bank_lines:
        on = terms.day_text(trail.bank_lines[-1].moved_on)
        return f"The bank’s statement shows it, last on {on}."
    if trail.payouts:
        return "The card processor paid it out; the bank line is not matched yet."
    if trail.slips:
        return "The school took it to the bank; the bank line is not matched yet."
    return _WAITING[payment.method]


_WAITING = {
    Method.CARD: "It is with the card processor, and in no payout yet.",
    Method.CASH: "It is in the school’s cash box.",
    Method.CHEQUE: "It is in the school’s cash box.",
    Method.BANK_TRANSFER: "It went straight to the bank account; the bank line is not matched yet.",
}


def heading(payment: Payment) -> str:
    """Return how much was paid, and how: "Card payment of £9.00"."""
    return f"{METHODS[payment.method]} of {money.pounds(payment.amount_pence)}"


def own_terms(payment: Payment) -> list[tuple[str, str]]:
    """Return the references by which others know the payment; what a school typed may be a name."""
    found = [("Our reference, on the family’s receipt", payment.public_id)]
    if payment.method is Method.CARD and payment.reference:
        found.append(("At the card processor", payment.reference))
    found += [("Dispute at the card processor", dispute.gateway_id) for dispute in payment.disputes]
    return found


def invoice_whereabouts(payment: InvoicePayment, trail: Trail) -> str:
    """Return in a sentence how far the money of a school has come."""
    if payment.undone_at is not None:
        return "It was recorded by mistake and taken back: no money came."
    if trail.bank_lines:
        on = terms.day_text(trail.bank_lines[-1].moved_on)
        return f"The bank’s statement shows it, last on {on}."
    if payment.account == accounts.CASH:
        return "It is in the cash box."
    return "It went to the bank account; the bank line is not matched yet."

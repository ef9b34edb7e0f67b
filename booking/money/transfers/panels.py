"""What transfers add to other pages and mails: arrivals at the bank, and the way to pay."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app, url_for

from booking.days.places.models import Booking
from booking.domain import charging, payee, transferring
from booking.domain.payee import Payee
from booking.foundation.web import addresses
from booking.money.fund import queries as fund_queries
from booking.money.fund.ports import Arrivals, ArrivedMoney
from booking.money.transfers import queries, service
from booking.money.transfers.queries import ArrivedTransfer, TransferShare
from booking.people.pupils.models import Parent

#: The endpoint of a parent's page with the account and the reference.
PARENTS_PAGE = "transfers.of_parent"


def parents_page() -> str:
    """Return the endpoint of the page on which a parent pays by transfer, if that is offered."""
    to = fund_queries.payee(payee.of_settings(current_app.config))
    return PARENTS_PAGE if queries.is_offered(to) else ""


def ways_to_pay(asked: Sequence[tuple[Booking, Parent]], *, now: datetime) -> list[str]:
    """Return the account and what each parent quotes, for mails and letters that ask for money."""
    to = fund_queries.payee(payee.of_settings(current_app.config))
    charged = any(charging.asks_parent(booking.event.fee_kind) for booking, _ in asked)
    if not charged or not queries.is_offered(to):
        return ["" for _ in asked]
    return [_way_to_pay(booking, parent, to, now=now) for booking, parent in asked]


def _way_to_pay(booking: Booking, parent: Parent, to: Payee, *, now: datetime) -> str:
    asks = queries.asks(booking)
    if not asks and not queries.will_ask(booking):
        return ""
    number = service.reference_to_write(now=now, booking=booking, parent_id=parent.id)
    account = (
        f"sort code {to.sort_code}, account number {to.account_number}"
        if to.sort_code
        else f"IBAN {to.iban}"
    )
    begin = "You can pay" if asks else "Once you have replied, you can pay"
    said = f"{begin} by bank transfer to {to.name}, {account}"
    return f"{said}: please quote {transferring.reference(number)}."


def arrivals() -> Arrivals:
    """Return the transfers that quote references, and where a form records them."""
    found = [_arrival(each) for each in queries.arrived()]
    return Arrivals(url_for("transfers.record_arrived"), found, "Transfers by families")


def _arrival(of: ArrivedTransfer) -> ArrivedMoney:
    why = " ".join([*(_why(share) for share in of.shares), of.doubt]).strip()
    return ArrivedMoney(of.money, [_paid(share) for share in of.shares], why, not of.doubt)


def _paid(share: TransferShare) -> tuple[str, str]:
    """Return the place as the treasurer may know it: its event and school, and no child."""
    booking = share.reference.booking
    label = f"{booking.event.title}, {booking.school.name}"
    return label, addresses.FUND_EVENT(slug=booking.event.slug)


def _why(share: TransferShare) -> str:
    return transferring.in_words(share.pence, share.due_pence, share.comes_to)

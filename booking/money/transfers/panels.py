"""What transfers add to other pages: arrivals at the bank, and the way to pay on a parent's."""

from flask import current_app, url_for

from booking.domain import payee, transferring
from booking.foundation.web import addresses
from booking.money.fund.ports import Arrivals, ArrivedMoney
from booking.money.transfers import queries
from booking.money.transfers.queries import ArrivedTransfer, TransferShare

#: The endpoint of a parent's page with the account and the reference.
PARENTS_PAGE = "transfers.of_parent"


def parents_page() -> str:
    """Return the endpoint of the page on which a parent pays by transfer, if that is offered."""
    return PARENTS_PAGE if queries.is_offered(payee.of_settings(current_app.config)) else ""


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

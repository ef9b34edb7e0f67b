"""The blueprint for bids, how addresses find a bid, and where refusals are shown."""

from flask import Blueprint
from flask_login import current_user

from booking.domain import bidding, ledger, permissions
from booking.domain.bidding import deciding, receipts
from booking.domain.permissions import Action, Scope
from booking.foundation.web import uploads
from booking.foundation.web.forms import Refusals
from booking.money.bids import queries, service
from booking.money.bids.models import Bid
from booking.money.fund import service as fund

bids = Blueprint("bids", __name__)
# A receipt that is too large is refused in words.
uploads.admit(bids, {"bids.claim"}, bytes_max=4 * receipts.LARGEST_BYTES)

#: The field beside which a refusal is shown; the others go at the top.
REFUSALS: Refusals = {
    service.BidRefused: "",
    service.NotEnoughToPromise: "pence",
    service.ReasonMissing: "reason",
    receipts.NotAReceipt: "receipt",
    fund.NotEnoughMoney: "account",
    fund.DateInFuture: "paid_on",
    ledger.YearIsClosed: "paid_on",
    deciding.NotYours: "decision",
    service.PromiseLapsed: "",
    bidding.MoveNotAllowed: "",
}


def load_bid(public_id: str) -> Bid | None:
    """Return the bid at an address."""
    return queries.by_public_id(public_id)


def scope_of(bid: Bid) -> Scope:
    """Return what a bid belongs to: its school and its applicant."""
    return Scope(school_id=bid.school_id, person_id=bid.applicant_id)


def may(action: Action, bid: Bid | None = None) -> bool:
    """Return whether the signed-in person may do something, with this bid."""
    return permissions.may(current_user.actor, action, scope_of(bid) if bid else None)

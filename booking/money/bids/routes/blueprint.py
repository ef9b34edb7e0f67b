"""The blueprint of bids, how its addresses find a bid, and where its refusals stand."""

from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from booking.domain import bidding, ledger, permissions
from booking.domain.bidding import deciding, receipts
from booking.domain.permissions import Action, Scope
from booking.foundation.web.forms import Refusals
from booking.money.bids import queries, service
from booking.money.bids.models import Bid
from booking.money.fund import service as fund

bids = Blueprint("bids", __name__)
#: What an upload may be before it is not even read: a receipt that is too large is still told so.
UPLOAD_BYTES_MAX = 4 * receipts.LARGEST_BYTES
WITH_UPLOAD = "bids.claim"

#: Which field a refusal is shown beside; the rest go to the top.
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


@bids.url_value_preprocessor
def admit_receipt(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a receipt be larger than other forms, for whoever is signed in.

    Here, because the form token is looked for in the upload before any view begins.
    """
    is_upload = endpoint == WITH_UPLOAD and request.mimetype == "multipart/form-data"
    if is_upload and current_user.is_authenticated:
        request.max_content_length = UPLOAD_BYTES_MAX


def load_bid(public_id: str) -> Bid | None:
    """Return the bid of an address."""
    return queries.by_public_id(public_id)


def scope_of(bid: Bid) -> Scope:
    """Return what a bid belongs to: its school, and whoever made it."""
    return Scope(school_id=bid.school_id, person_id=bid.applicant_id)


def may(action: Action, bid: Bid | None = None) -> bool:
    """Say whether whoever is signed in may do something, to this bid."""
    return permissions.may(current_user.actor, action, scope_of(bid) if bid else None)

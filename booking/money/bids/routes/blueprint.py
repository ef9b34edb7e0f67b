"""The blueprint for bids, how addresses find a bid, and where refusals are shown."""

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
#: The largest upload that is read at all, so that a receipt that is too large can be refused.
UPLOAD_BYTES_MAX = 4 * receipts.LARGEST_BYTES
WITH_UPLOAD = "bids.claim"

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


@bids.url_value_preprocessor
def admit_receipt(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Allow a receipt to be larger than other forms, if somebody is signed in.

    It is here because the form token is read from the upload before any view starts.
    """
    is_upload = endpoint == WITH_UPLOAD and request.mimetype == "multipart/form-data"
    if is_upload and current_user.is_authenticated:
        request.max_content_length = UPLOAD_BYTES_MAX


def load_bid(public_id: str) -> Bid | None:
    """Return the bid at an address."""
    return queries.by_public_id(public_id)


def scope_of(bid: Bid) -> Scope:
    """Return what a bid belongs to: its school and its applicant."""
    return Scope(school_id=bid.school_id, person_id=bid.applicant_id)


def may(action: Action, bid: Bid | None = None) -> bool:
    """Return whether the signed-in person may do something, with this bid."""
    return permissions.may(current_user.actor, action, scope_of(bid) if bid else None)

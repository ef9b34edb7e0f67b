"""A receipt as a file to download, never shown inside the site."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from booking.domain.bidding.receipts import ENDINGS
from booking.domain.permissions import Action
from booking.foundation.web.access import requires
from booking.foundation.web.headers import FILE_POLICY
from booking.money.bids import queries
from booking.money.bids.models import Bid
from booking.money.bids.routes.blueprint import bids, load_bid, scope_of


@bids.get("/cpd/bids/<public_id>/receipt")
@requires(Action.SEE_RECEIPT, load=load_bid, scope=scope_of, name="bid")
def receipt(bid: Bid) -> ResponseReturnValue:
    """Send the newest receipt of a bid."""
    found = queries.latest_receipt(bid.id)
    if found is None:
        abort(404)
    response = Response(found.content, mimetype=found.content_type)
    name = f"receipt-{bid.public_id}.{ENDINGS[found.content_type]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response

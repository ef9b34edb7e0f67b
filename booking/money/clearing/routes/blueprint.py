"""The blueprint for the pages about money at the card processor."""

from flask import Blueprint, abort, request

from booking.money.clearing import pages

clearing = Blueprint("clearing", __name__)
#: The one address here that nobody reads.
MESSAGES = "clearing.hear"


@clearing.before_request
def only_where_cards_are_taken() -> None:
    """Answer 404 in a network that never took a card payment."""
    if request.endpoint != MESSAGES and not pages.has_card_money():
        abort(404)

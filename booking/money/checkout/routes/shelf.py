"""An event's files behind a private link, for families without an account."""

from flask import abort
from flask.typing import ResponseReturnValue

from booking.foundation.files import queries as file_queries
from booking.foundation.files.routes import downloads
from booking.foundation.web.access import by_token
from booking.money.checkout import pages
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.visits import visit


@parent.get("/<token>/files/<public_id>")
@by_token("parent link")
def file(token: str, public_id: str) -> ResponseReturnValue:
    """Hand out a file of the event that this family may see."""
    owner = pages.file_owner(visit(token))
    found = file_queries.by_public_id(public_id)
    seen = downloads.of_owner(owner, found) if found is not None else None
    return abort(404) if seen is None else downloads.answer(seen)

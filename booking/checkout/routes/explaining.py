"""The treasurer's list of payments that do not match, and refunds that failed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from booking.checkout import queries
from booking.checkout.routes.blueprints import checkout
from booking.domain.permissions import Action
from booking.payments import queries as payments
from booking.web.access import requires
from booking.web.paging import asked_page, page_of


@checkout.get("/fund/to-explain")
@requires(Action.SEE_FUND)
def to_explain() -> ResponseReturnValue:
    """List them: reference, amount and reason, and no family's name."""
    return render_template(
        "checkout/to_explain.html",
        page=page_of(payments.to_explain(), number=asked_page()),
        failed=queries.failed_refunds(),
    )

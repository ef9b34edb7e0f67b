"""What happened to one payment, for whoever may see the fund: never whose it was."""

from typing import Any

from booking.domain import money
from booking.domain.permissions import Action, Scope
from booking.foundation.audit.routes import histories
from booking.foundation.web import addresses
from booking.foundation.web.access import requires
from booking.money.checkout.routes.blueprints import checkout
from booking.money.payments import queries as payment_queries
from booking.money.payments.models import Payment


def _payment(**url: Any) -> Payment | None:
    return payment_queries.by_public_id(url["public_id"])


def _everywhere(_payment: Payment) -> Scope:
    return Scope()


@checkout.get("/fund/payments/<public_id>/history")
@requires(Action.SEE_FUND, load=_payment, scope=_everywhere, name="payment")
def payment_history(payment: Payment) -> str:
    """Show who did what about a payment and its refunds."""
    return histories.show(
        table="payments",
        row_id=payment.id,
        of=f"Payment of {money.pounds(payment.amount_pence)}",
        back=(addresses.FUND_PAYMENT(public_id=payment.public_id), "The payment"),
    )

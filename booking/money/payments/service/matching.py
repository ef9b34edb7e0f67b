"""Compare what the processor tells us with what we asked for."""

from booking.domain import money
from booking.money.payments import gateway
from booking.money.payments.models import Payment


def mismatches(*, payment: Payment, session: gateway.Session, live: bool) -> list[str]:
    """Return everything that disagrees, in words for the treasurer; empty if all is well."""
    found = []
    if session.amount_pence != payment.amount_pence:
        found.append(
            f"The card processor took {money.pounds(session.amount_pence)}; "
            f"we asked for {money.pounds(payment.amount_pence)}."
        )
    if session.currency != gateway.CURRENCY:
        found.append(
            f"The currency is {session.currency[:8] or 'not named'}, not {gateway.CURRENCY}."
        )
    if {session.reference, session.noted_reference} != {payment.public_id}:
        found.append("The reference at the card processor is not this payment's.")
    if session.live != live:
        found.append("Real and pretend money are mixed up: the card processor's mode is not ours.")
    return found

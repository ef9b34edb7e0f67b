"""What the bank is told of a payment: an amount, a reference, and words that point at no child."""

from booking.domain import terms
from booking.domain.charging import FeeKind
from booking.notifications.render import absolute_url
from booking.payments import gateway
from booking.payments import service as paying
from booking.payments.models import Payment
from booking.places.models import Booking
from booking.pupils.models import Parent

#: What the card's page says of the money if the event is cancelled, by kind of fee.
NOTES = {
    FeeKind.VOLUNTARY_CONTRIBUTION: (
        "There is no obligation to contribute, and no place depends on it. "
        "If the event is cancelled, all contributions are returned."
    ),
    FeeKind.CHARGE: "If the event is cancelled, the charge is refunded in full.",
}
LABELS = {
    FeeKind.VOLUNTARY_CONTRIBUTION: "Voluntary contribution to an enrichment event",
    FeeKind.CHARGE: "Enrichment event",
}
BUTTONS = {
    FeeKind.VOLUNTARY_CONTRIBUTION: gateway.Button.PAY,
    FeeKind.CHARGE: gateway.Button.BOOK,
}


#: Where the bank sends people back to: an address that anybody at the bank may read, so it holds
#: our reference and never the parent's private link.
RETURN_PATH = "/paid/"


def order(payment: Payment, *, booking: Booking, parent: Parent) -> gateway.Order:
    """Return the order of a payment.

    The event is named by its date and not by its title: a title may tell of a need.
    """
    event = booking.event
    url = absolute_url(f"{RETURN_PATH}{payment.public_id}")
    kind = event.fee_kind
    assert payment.session_expires_at is not None, "a card payment knows when its page closes"
    label = LABELS[kind]
    if event.first_starts_at:
        label += f" on {terms.day_text(terms.london(event.first_starts_at).date())}"
    return gateway.Order(
        reference=payment.public_id,
        key=paying.idempotency_key(payment),
        lines=(gateway.OrderLine(label, payment.amount_pence),),
        success_url=url,
        cancel_url=url,
        expires_at=payment.session_expires_at,
        email=parent.email,
        button=BUTTONS[kind],
        note=NOTES[kind],
    )

"""What we tell the processor about a payment: an amount, a reference, words naming no child."""

from collections.abc import Mapping

from booking.days.events.models import Event
from booking.domain import terms
from booking.domain.charging import FeeKind
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.payments import gateway
from booking.money.payments import service as payments
from booking.money.payments.models import Payment
from booking.people.pupils.models import Parent

#: What the card payment page says about cancellation, by kind of fee.
NOTES = {
    FeeKind.VOLUNTARY_CONTRIBUTION: (
        "There is no obligation to contribute, and no place depends on it. "
        "If the event is cancelled, all contributions are returned."
    ),
    FeeKind.CHARGE: "If the event is cancelled, the charge will be refunded in full.",
}
#: The same, beside a button that pays for both kinds.
NOTE_OF_BOTH = (
    "There is no obligation to contribute, and no place depends on a contribution. "
    "If an event is cancelled, all that was paid for it is returned."
)
LABELS = {
    FeeKind.VOLUNTARY_CONTRIBUTION: "Voluntary contribution to an enrichment event",
    FeeKind.CHARGE: "Enrichment event",
}
BUTTONS = {
    FeeKind.VOLUNTARY_CONTRIBUTION: gateway.Button.PAY,
    FeeKind.CHARGE: gateway.Button.BOOK,
}


def order(payment: Payment, *, events: Mapping[int, Event], parent: Parent) -> gateway.Order:
    """Return the order for a payment; `events` are those of its lines, by id."""
    # Anybody at the processor may read the address people are sent back to, so it holds our
    # reference and never the parent's private link.
    url = absolute_url(addresses.PAID(reference=payment.public_id))
    button, note = _said({events[line.event_id].fee_kind for line in payment.lines})
    assert payment.session_expires_at is not None, "the time when a card payment's page closes"
    return gateway.Order(
        reference=payment.public_id,
        key=payments.idempotency_key(payment),
        lines=tuple(
            gateway.OrderLine(_label(events[line.event_id]), line.amount_pence)
            for line in payment.lines
        ),
        success_url=url,
        cancel_url=url,
        expires_at=payment.session_expires_at,
        email=parent.email,
        button=button,
        note=note,
    )


def _said(kinds: set[FeeKind]) -> tuple[gateway.Button, str]:
    """Return the page's button and the words beside it."""
    if len(kinds) > 1:
        return gateway.Button.BOOK, NOTE_OF_BOTH
    (kind,) = kinds
    return BUTTONS[kind], NOTES[kind]


def _label(event: Event) -> str:
    """Return what a line is for: the event's date only, as its title may reveal a need."""
    label = LABELS[event.fee_kind]
    if event.first_starts_at:
        label += f" on {terms.day_text(terms.london(event.first_starts_at).date())}"
    return label

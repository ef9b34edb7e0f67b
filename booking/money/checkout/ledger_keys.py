"""The ledger keys of what checkout posts: each names one fact, so it is posted only once."""

from booking.money.payments.models import PaymentLine, Refund


def payment_key(line: PaymentLine) -> str:
    """Return the ledger key of what was paid for one booking."""
    return f"payment:{line.key}"


def card_fee_key(line: PaymentLine) -> str:
    """Return the ledger key of what the card processor kept from a line."""
    return f"card-fee:{line.key}"


def refund_key(refund: Refund) -> str:
    """Return the ledger key of a refund."""
    return f"refund:{refund.public_id}"


def gift_key(refund: Refund) -> str:
    """Return the ledger key of money that was given instead of refunded."""
    return f"gift:{refund.public_id}"


def dispute_key(row_id: str, line: PaymentLine) -> str:
    """Return the ledger key of what a dispute's row took from a line."""
    return f"dispute:{row_id}:{line.number}"

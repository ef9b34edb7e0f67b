"""What can be done with claims: make one, send it again, withdraw, decide, pay, undo."""

from booking.money.claims.service.claiming import claim, send_again, withdraw
from booking.money.claims.service.deciding import approve, refuse, send_back
from booking.money.claims.service.paying import pay, source_of, undo_payment

__all__ = [
    "approve",
    "claim",
    "pay",
    "refuse",
    "send_again",
    "send_back",
    "source_of",
    "undo_payment",
    "withdraw",
]

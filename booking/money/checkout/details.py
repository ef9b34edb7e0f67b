"""What a parent wants to pay for, from which the card processor's page is made."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.money.payments.models import Payment


@dataclass(frozen=True)
class PaymentWish:
    """What a parent wants to pay for one booking: our amount for a charge, else their own."""

    booking_id: int
    #: None for a charge: whatever is still to pay.
    amount_pence: int | None = None


@dataclass(frozen=True)
class Basket:
    """Everything that a parent wants to pay for in one go."""

    parent_id: int
    wishes: tuple[PaymentWish, ...]

    @property
    def booking_ids(self) -> list[int]:
        """Return the bookings."""
        return [wish.booking_id for wish in self.wishes]

    @property
    def charges(self) -> set[int]:
        """Return the bookings whose charge is to be paid."""
        return {wish.booking_id for wish in self.wishes if wish.amount_pence is None}

    def concerns(self, payment: Payment) -> bool:
        """Return whether an open payment is in the way.

        Two parents may both contribute; a charge has only one page at a time.
        """
        if payment.parent_id == self.parent_id:
            return True
        return any(line.booking_id in self.charges for line in payment.lines)

    def is_of(self, payment: Payment, amounts: Mapping[int, int]) -> bool:
        """Return whether a payment is this parent's, for the same bookings and amounts."""
        lines = {line.booking_id: line.amount_pence for line in payment.lines}
        return payment.parent_id == self.parent_id and lines == amounts

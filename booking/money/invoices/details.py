"""An invoice as the treasurer writes it by hand."""

from dataclasses import dataclass
from datetime import date

from booking.domain.funds import Fund


@dataclass(frozen=True)
class WrittenInvoice:
    """What it is for, line by line in words and pence, and which income it is."""

    title: str
    lines: tuple[tuple[str, int], ...]
    #: The account and the fund that the income belongs to.
    income: str
    fund: Fund
    due_on: date

    @property
    def amount_pence(self) -> int:
        """Return what it asks for."""
        return sum(pence for _, pence in self.lines)

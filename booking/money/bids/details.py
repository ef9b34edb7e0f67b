"""The contents of a bid and of a claim, as forms pass them to the services."""

from dataclasses import dataclass
from datetime import date

from booking.domain.bidding import Application, BidKind


@dataclass(frozen=True)
class BidDetails:
    """What an applicant fills in; amounts in pence."""

    kind: BidKind
    title: str
    provider: str
    for_whom: str
    benefit: str
    takes_place_on: date
    cost_pence: int
    asked_pence: int

    @property
    def application(self) -> Application:
        """Return the part that the rules look at."""
        return Application(self.kind, self.takes_place_on, self.cost_pence, self.asked_pence)


@dataclass(frozen=True)
class ClaimDetails:
    """A claim: what it cost in the end, the share (pence), and the receipt's bytes."""

    paid_pence: int
    pence: int
    receipt: bytes

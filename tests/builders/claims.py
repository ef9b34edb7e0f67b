"""Claims of events' costs, made and moved along by the services."""

from datetime import date

from booking.days.events.models import Event
from booking.domain.filing import FileKind
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.files.details import Upload
from booking.money.claims import service as claims
from booking.money.claims.details import CostClaimDetails
from booking.money.claims.models import CostClaim
from booking.people.schools.models import Person
from tests.builders import files
from tests.builders.schools import actor_of


def details(*, pence: int = 4_500, line: str = "", what: str = "Card", payee: str = "Paper Ltd"):
    """Return what a claimant fills in."""
    return CostClaimDetails(pence=pence, line=line, what=what, payee=payee)


def make_claim(
    event: Event,
    *,
    by: Person,
    pence: int = 4_500,
    line: str = "",
    what: str = "Card",
    payee: str = "Paper Ltd",
    receipt: str = "A receipt",
) -> CostClaim:
    """Claim a cost with its receipt."""
    with transaction():
        return claims.claim(
            actor=actor_of(by),
            now=clock.now(),
            event=db.session.get_one(Event, event.id),
            details=details(pence=pence, line=line, what=what, payee=payee),
            receipt=Upload("receipt.txt", FileKind.TEXT, receipt.encode()),
            quota_bytes=files.MB,
        )


def approve(claim: CostClaim, *, by: Person) -> CostClaim:
    """Approve a claim."""
    with transaction():
        return claims.approve(actor=actor_of(by), now=clock.now(), claim=claim)


def send_back(claim: CostClaim, *, by: Person, reason: str = "The receipt is cut off.") -> None:
    """Ask for more."""
    with transaction():
        claims.send_back(actor=actor_of(by), now=clock.now(), claim=claim, reason=reason)


def pay(claim: CostClaim, *, by: Person, paid_on: date | None = None) -> CostClaim:
    """Pay an approved claim from the bank."""
    with transaction():
        return claims.pay(
            actor=actor_of(by),
            now=clock.now(),
            claim=claim,
            account="assets:bank",
            paid_on=paid_on or clock.today(),
        )

"""The receipts of a claim, on the file shelf of the host school."""

from datetime import datetime

from booking.domain import permissions
from booking.domain.claiming import CostClaimState
from booking.domain.permissions import Action, Actor, Scope
from booking.foundation.files import pages as file_pages
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import FileAudience
from booking.foundation.files.pages import Shelf
from booking.foundation.web import addresses
from booking.money.claims import queries
from booking.money.claims.models import CostClaim

KIND = "claim"
LABELS = ("Receipt", "Invoice", "Quotation")
#: A receipt may show a person's name and bank account.
AUDIENCES = {FileAudience.HOSTS: "You, the treasurer and the auditor"}
#: Until somebody has decided, receipts can be added and replaced.
_OPEN = (CostClaimState.CLAIMED, CostClaimState.RETURNED)


def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return a claim as the owner of its receipts."""
    claim = queries.by_public_id(public_id) if kind == KIND else None
    return of_claim(claim, actor=actor) if claim is not None else None


def of_claim(claim: CostClaim, *, actor: Actor) -> FileOwner:
    """Return a claim as the owner of its receipts, as somebody meets it."""
    scope = Scope(claim.event.host_school_id, person_id=claim.claimant_id)
    reads = permissions.may(actor, Action.SEE_RECEIPT, scope)
    is_claimant = permissions.may(actor, Action.KEEP_CLAIM, scope)
    return FileOwner(
        kind=KIND,
        public_id=claim.public_id,
        title=claim.title,
        url=addresses.CLAIM(public_id=claim.public_id),
        subject=claim,
        school_id=claim.event.host_school_id,
        reads=frozenset(AUDIENCES) if reads else frozenset(),
        keeps=is_claimant and claim.state in _OPEN,
        audiences=AUDIENCES,
        labels=LABELS,
    )


def panel(claim: CostClaim, *, actor: Actor) -> Shelf | None:
    """Return the receipts for the claim's page; None for whoever may not see them."""
    found = file_pages.shelf(of_claim(claim, actor=actor))
    return found if found.owner.reads or found.owner.keeps else None

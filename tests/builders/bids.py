"""Bids for CPD money, made and moved along by the services."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from pypdf import PdfWriter

from booking.domain.bidding import BidKind, Rules
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bids import service as bids
from booking.money.bids.details import BidDetails, ClaimDetails
from booking.money.bids.models import Bid
from booking.people.schools.models import Person, School
from tests.builders import schools
from tests.builders.rewritten import rewritten


def _blank_page() -> bytes:
    writer, file = PdfWriter(), BytesIO()
    writer.add_blank_page(width=100, height=100)
    writer.write(file)
    return file.getvalue()


#: The smallest file of each type of receipt.
PDF = _blank_page()
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 a picture \xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR a picture \x00\x00\x00\x00IEND\xaeB`\x82"


def details(**changes: Any) -> BidDetails:
    """Return what an applicant fills in: £60.00 of a course that costs £120.00, in three weeks."""
    facts: dict[str, Any] = {
        "kind": BidKind.SUBSIDY,
        "title": "Reasoning in mathematics",
        "provider": "Netherwick Teaching Hub",
        "for_whom": "Our mathematics lead",
        "benefit": "A twilight session for all schools in the summer term.",
        "takes_place_on": clock.today() + timedelta(days=21),
        "cost_pence": 12_000,
        "asked_pence": 6_000,
        **changes,
    }
    return BidDetails(**facts)


@rewritten
def make_bid(*, school: School, applicant: Person | None = None, **changes: Any) -> Bid:
    """Apply, as a new coordinator of the school unless somebody is given."""
    person = applicant or schools.make_person(role=Role.COORDINATOR, school=school)
    with transaction():
        return bids.apply(
            actor=schools.actor_of(person),
            now=clock.now(),
            school=school,
            details=details(**changes),
        )


@rewritten
def make_deciders() -> tuple[Person, Person]:
    """Add a lead and a treasurer."""
    return schools.make_person(role=Role.LEAD), schools.make_person(role=Role.TREASURER)


@rewritten
def approve(bid: Bid, by: Person, pence: int = 0) -> Bid:
    """Approve a bid for the amount asked for, or `pence`."""
    with transaction():
        found = db.session.get_one(Bid, bid.id)
        return bids.approve(
            actor=schools.actor_of(by),
            now=clock.now(),
            bid=found,
            pence=pence or found.asked_pence,
        )


@rewritten
def claim(
    bid: Bid, *, pence: int = 0, paid_pence: int = 0, receipt: bytes = PDF, by: Person | None = None
) -> Bid:
    """Claim an approved bid for what it should cost, or less, as the applicant."""
    with transaction():
        found = db.session.get_one(Bid, bid.id)
        person = by or found.applicant
        assert person is not None, "somebody made the bid"
        wanted = ClaimDetails(
            paid_pence or found.cost_pence, pence or found.approved_pence or 0, receipt
        )
        return bids.claim(actor=schools.actor_of(person), now=clock.now(), bid=found, claim=wanted)


@rewritten
def pay(bid: Bid, *, by: Person, account: str = "assets:bank", paid_on: date | None = None) -> Bid:
    """Pay a claim."""
    with transaction():
        return bids.pay(
            actor=schools.actor_of(by),
            now=clock.now(),
            bid=db.session.get_one(Bid, bid.id),
            account=account,
            paid_on=paid_on or clock.today(),
        )


@rewritten
def keep_rules(**changes: Any) -> Rules:
    """Set the usual rules, with changes."""
    rules = Rules(**changes)
    with transaction():
        bids.keep_rules(actor=COMMAND, now=clock.now(), rules=rules)
    return rules

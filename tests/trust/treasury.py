"""What the treasurer has in the network that is tried: fees, a fund, a statement, a decision."""

from dataclasses import asdict

from booking.days.events.models import Event
from booking.domain.bidding import Rules
from booking.domain.ledger import EntryKind, Fund
from booking.domain.ledger.rule_changes import RuleBook
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.bank import service as bank_service
from booking.money.fund import service as fund_service
from booking.money.fund.models import SpendingProposal
from tests.builders import bank, fund
from tests.builders import schools as people


def money(closed: Event, over: Event) -> dict[str, str]:
    """Two events with a payment, of which one is closed, and a grant."""
    for event in (closed, over):
        fund.make_payment(event=event)
    grant = fund.make_grant()
    with transaction():
        fund_service.close_event(actor=COMMAND, now=clock.now(), event=closed)
    return {"entry": grant.key}


def statement(grant: str) -> dict[str, str]:
    """A statement with the grant, which is matched, and a charge that nobody has recorded."""
    today = clock.today()
    imported = bank.make_statement((today, "BGC", 50_000), (today, "CHARGES", -450))
    came, charge = imported.lines
    with transaction():
        match = bank_service.match(
            actor=COMMAND, now=clock.now(), lines=[came.public_id], entries=[grant]
        )
        return {
            "bank_statement": imported.public_id,
            "bank_line": charge.public_id,
            "bank_match": match.public_id,
        }


def two_people(treasurer: str) -> dict[str, str]:
    """One of the network's own funds with money, and what waits for a second person."""
    bursary = fund.make_fund()
    entry = fund.make_grant(fund=bursary.name)
    return {
        "bursary": bursary.name.value,
        "decision": fund.ask_reversal(treasurer, entry).public_id,
        "rule_change": _proposed(treasurer),
        "spending": _to_pay(treasurer),
    }


def _to_pay(treasurer: str) -> str:
    """A payment above the limit, of which a lead is the second person."""
    hand = fund_service.HandEntry(
        EntryKind.ADMIN_COST, "tried", clock.today(), 20_000, Fund.ADMIN, description="Room hire"
    )
    with transaction():
        made = fund_service.enter_or_ask(
            actor=people.actor_of(people.person_of(treasurer)), now=clock.now(), entry=hand
        )
    assert isinstance(made, SpendingProposal)
    return made.public_id


def _proposed(treasurer: str) -> str:
    """Other rules for bids, of which a lead is the second person."""
    with transaction():
        return fund_service.propose_rules(
            actor=people.actor_of(people.person_of(treasurer)),
            now=clock.now(),
            book=RuleBook.BIDS,
            wanted=asdict(Rules(two_above_pence=100)),
        ).public_id

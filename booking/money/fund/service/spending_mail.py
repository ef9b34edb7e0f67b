"""Mail about payments that take two people: to the second, then to all who watch over the money."""

from collections.abc import Iterable
from datetime import datetime

from booking.domain.ledger.two_people import SpendingState
from booking.domain.money import pounds
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.fund import words
from booking.money.fund.details import HandEntry
from booking.money.fund.models import SpendingProposal
from booking.money.fund.service import rule_mail
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

_HEADINGS = {
    SpendingState.APPROVED: "Approved",
    SpendingState.REFUSED: "Refused",
    SpendingState.WITHDRAWN: "Taken back",
    SpendingState.LAPSED: "Nobody decided in time",
}


def proposed(proposal: SpendingProposal, deciders: Iterable[Person], *, now: datetime) -> None:
    """Ask everybody who may be the second person."""
    line = (
        f"{proposal.asked_by.name} wants to pay this. It takes two people: "
        f"{words.why_two(proposal)} Nothing is recorded until somebody else approves, and after 14 "
        "days the proposal lapses."
    )
    for person in deciders:
        _write(proposal, person, "Please approve or refuse", line, now)


def decided(proposal: SpendingProposal, *, now: datetime) -> None:
    """Tell everybody who watches over the money what became of it, but who decided it."""
    line = f"{proposal.asked_by.name} proposed it."
    if proposal.decided_by is not None:
        line = f"{line} {proposal.decided_by.name} decided."
    if proposal.state is SpendingState.LAPSED:
        line = f"{line} Nothing has been recorded: if it is still right, record it again."
    if proposal.answer:
        line = f"{line} The reason given: {proposal.answer}"
    for person in rule_mail.watching():
        if person.id != proposal.decided_by_id:
            _write(proposal, person, _HEADINGS[proposal.state], line, now)


def _write(
    proposal: SpendingProposal, person: Person, heading: str, line: str, now: datetime
) -> None:
    notifications.queue(
        key=f"spending:{proposal.public_id}:{proposal.state.value}:{person.id}",
        to=person.email,
        template="spending",
        now=now,
        reply_to=school_queries.mailbox_of([proposal.decided_by or proposal.asked_by]),
        name=person.name,
        heading=heading,
        pounds=pounds(proposal.pence),
        what=words.payment(HandEntry.of_plain(proposal.wanted)),
        line=line,
        action_url=absolute_url(addresses.FUND_SPENDING(public_id=proposal.public_id)),
        action_label="See it",
    )

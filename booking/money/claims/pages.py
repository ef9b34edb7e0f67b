"""What the pages about claims show, worked out before a template sees it."""

from collections.abc import Sequence

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.domain import claiming, english, money
from booking.domain.claiming import CostClaimState
from booking.money.claims import queries
from booking.money.claims.models import CostClaim

_STANDS = frozenset(CostClaimState) - {CostClaimState.REFUSED, CostClaimState.WITHDRAWN}


def budget(event: Event, claims: Sequence[CostClaim]) -> list[list[str]]:
    """Return the lines of an event's budget with what is claimed and what is paid of each."""
    names = [line.label for line in event.cost_lines]
    planned = {line.label: line.pence for line in event.cost_lines}
    others = [claim.line for claim in claims if claim.line not in planned]
    rows = []
    for name in dict.fromkeys([*names, *others]):
        of = [claim for claim in claims if claim.line == name and claim.state in _STANDS]
        paid = sum(claim.pence for claim in of if claim.state is CostClaimState.PAID)
        sums = (planned.get(name, 0), sum(claim.pence for claim in of), paid)
        rows.append([name or "Not in the budget", *map(money.pounds, sums)])
    return rows


def facts(claim: CostClaim) -> list[tuple[str, str]]:
    """Return what a claim says."""
    who = claim.claimant.name if claim.claimant else ""
    return [
        ("Event", f"{claim.event.title}, {event_words.when(claim.event)}"),
        ("Amount", money.pounds(claim.pence)),
        ("Line of the budget", claim.line or "None"),
        ("For", claim.what),
        ("To be paid to", claim.payee),
        ("Claimed by", f"{who}, {claim.event.host_school.name}".removeprefix(", ")),
    ]


def event_facts(event: Event) -> list[tuple[str, str]]:
    """Return what is claimed for an event and not paid yet, for the page of its money."""
    count, pence = queries.open_of(event.id)
    if not count:
        return []
    return [("Claims not paid yet", f"{english.plural(count, 'claim')}, {money.pounds(pence)}")]


def label(claim: CostClaim) -> str:
    """Return how far a claim has got."""
    return claiming.words(claim.state).label

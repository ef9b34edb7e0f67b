"""What the pages about bids say: a bid's status, what happens next and by when, the rules."""

from dataclasses import dataclass
from datetime import datetime

from booking.domain import bidding, english, money
from booking.domain.bidding import BidState, Rules
from booking.domain.terms import day_text, in_sentence
from booking.money.bids.models import Bid


@dataclass(frozen=True)
class BidStep:
    """One line in a bid's history."""

    words: str
    at: datetime


def whats_next(bid: Bid, promised_pence: int) -> str:
    """Return who does what next, and by when."""
    promised = money.pounds(promised_pence)
    deadline = in_sentence(bid.lapses_at) if bid.lapses_at else ""
    words = {
        BidState.APPLIED: "The network’s lead or treasurer will decide, and we will write to you.",
        BidState.APPROVED_ONCE: (
            f"One person has approved {money.pounds(bid.approved_pence or 0)}. That is more than "
            "one person may approve, so a second person will decide, and we will write to you."
        ),
        BidState.APPROVED: (
            f"{promised} is promised. Claim it with the receipt by {deadline}. After that the "
            "promise lapses."
        ),
        BidState.CLAIMED: f"The treasurer will check the receipt and pay {promised} to the school.",
        BidState.SPENT: f"{money.pounds(bid.claimed_pence or 0)} was paid to the school.",
        BidState.REFUSED: "You may bid again, bearing the reason in mind.",
        BidState.WITHDRAWN: "No money is promised for it any more.",
        BidState.LAPSED: (
            f"It was not claimed by {deadline}. If it did take place, write to the treasurer: the "
            "money may still be available."
        ),
    }[bid.state]
    if bid.entry is not None and bid.entry.reversed_by is not None:
        words += f" That entry was reversed on {day_text(bid.entry.reversed_by.entered_on)}."
    return words


def history(bid: Bid) -> list[BidStep]:
    """Return what has happened, oldest first, without the names of those who approved."""
    found = [BidStep(f"Applied for {money.pounds(bid.asked_pence)}", bid.applied_at)]
    found += [BidStep(f"Approved: {money.pounds(a.pence)}", a.approved_at) for a in bid.approvals]
    if bid.claimed_at is not None:
        found.append(BidStep(f"Claimed: {money.pounds(bid.claimed_pence or 0)}", bid.claimed_at))
    if bid.ended_at is not None:
        found.append(BidStep(bidding.words(bid.state).label, bid.ended_at))
    return found


def facts(bid: Bid, *, from_outside: bool) -> list[tuple[str, str]]:
    """Return the bid's details; `from_outside` adds what only people from elsewhere need."""
    rows = [
        ("School", bid.school.name),
        ("For", bid.for_whom),
        ("Course provider or speaker", bid.provider),
        ("Takes place", day_text(bid.takes_place_on)),
        ("Total cost", money.pounds(bid.cost_pence)),
        ("Asked for", money.pounds(bid.asked_pence)),
        ("How the network’s schools will benefit", bid.benefit),
    ]
    if bid.paid_pence is not None:
        rows.append(("Cost in the end", money.pounds(bid.paid_pence)))
    if from_outside and bid.applicant is not None:
        rows.insert(1, ("Applied by", bid.applicant.name))
    return rows


def rule_words(rules: Rules) -> list[tuple[str, str]]:
    """Return the rules in words."""
    return [
        ("Share of a course", f"Up to {rules.subsidy_percent}%"),
        ("Share of a speaker", f"Up to {rules.speaker_percent}%"),
        ("For one bid", f"Up to {money.pounds(rules.bid_max_pence)}"),
        ("For one school in a term", f"Up to {money.pounds(rules.term_max_pence)}"),
        ("Two people approve", f"Anything above {money.pounds(rules.two_above_pence)}"),
        (
            "To claim",
            f"{english.plural(rules.lapse_days, 'school day')} after it is approved or takes "
            "place, whichever is later",
        ),
    ]

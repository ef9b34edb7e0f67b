"""Mail about bids: to those who decide, to the treasurer, and to the applicant.

Only the network's own people hear about other schools' bids, and no subject names a person.
"""

from datetime import datetime

from booking.domain import bidding, money, terms
from booking.domain.bidding import BidKind, BidState
from booking.domain.permissions import Actor, Role
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.bids import queries
from booking.money.bids.models import Bid
from booking.money.fund import service as fund
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

KIND_WORDS = {BidKind.SUBSIDY: "a course", BidKind.SPEAKER: "a speaker"}


def to_decide(bid: Bid, *, actor: Actor, now: datetime) -> None:
    """Ask everybody who may decide on a bid and has not."""
    second = bid.state is BidState.APPROVED_ONCE
    for person in queries.deciders():
        barred = bidding.decision_barred(
            person_id=person.id,
            person_schools={grant.school_id for grant in person.grants if grant.school_id},
            applicant_id=bid.applicant_id,
            school_id=bid.school_id,
            approved_by=[a.person_id for a in bid.approvals if a.person_id],
        )
        if barred or person.id == actor.person_id:
            continue
        notifications.queue(
            key=f"bid_to_decide:{bid.id}:{bid.state}:{person.id}",
            to=person.email,
            template="bid_to_decide",
            now=now,
            reply_to=_applicant(bid),
            name=person.name,
            bid=bid,
            school_name=bid.school.name,
            what=KIND_WORDS[bid.kind],
            pence=bid.approved_pence if second else bid.asked_pence,
            second=second,
            action_url=_url(bid),
            action_label="See the bid",
        )


def to_pay(bid: Bid, *, now: datetime) -> None:
    """Ask the treasurers to pay a claim."""
    for person in school_queries.people_with(Role.TREASURER):
        notifications.queue(
            key=f"bid_to_pay:{bid.id}:{person.id}:{now.isoformat()}",
            to=person.email,
            template="bid_to_pay",
            now=now,
            reply_to=_applicant(bid),
            name=person.name,
            bid=bid,
            school_name=bid.school.name,
            action_url=_url(bid),
            action_label="See the claim",
        )


def approved(bid: Bid, *, now: datetime) -> None:
    """Tell the applicant what has been promised, and by when to claim it."""
    less = ""
    if (bid.approved_pence or 0) < bid.asked_pence:
        less = f" You asked for {money.pounds(bid.asked_pence)}."
    _news(
        bid,
        "Your bid has been approved",
        f"The CPD fund has promised {money.pounds(bid.approved_pence or 0)}.{less}",
        f"Claim it with the receipt by {_deadline(bid)}. After that the promise lapses.",
        now=now,
    )


def refused(bid: Bid, *, now: datetime) -> None:
    """Tell the applicant why a bid was refused."""
    _news(
        bid,
        "Your bid was not approved",
        f"The reason: {bid.reason}",
        "You may bid again, bearing this in mind.",
        now=now,
    )


def sent_back(bid: Bid, *, now: datetime) -> None:
    """Tell the applicant what is missing from a claim."""
    _news(
        bid,
        "Please send your claim again",
        f"The treasurer writes: {bid.reason}",
        f"The money stays promised. Claim it again by {_deadline(bid)}.",
        now=now,
    )


def paid(bid: Bid, *, now: datetime) -> None:
    """Tell the applicant that the claim was paid."""
    _news(
        bid,
        "Your claim has been paid",
        f"{money.pounds(bid.claimed_pence or 0)} was paid to {bid.school.name} from the CPD fund.",
        now=now,
    )


def payment_undone(bid: Bid, *, key: str, reason: str, now: datetime) -> None:
    """Tell the applicant that a claim was marked as paid by mistake."""
    fund.tell_undone(
        _readers(bid),
        key=key,
        what=f"The payment of {money.pounds(bid.claimed_pence or 0)} for “{bid.title}”",
        reason=reason,
        then="The claim stands, and the money is promised. The treasurer pays it next.",
        action_url=_url(bid),
        action_label="Open the bid",
        now=now,
    )


def taken_back(bid: Bid, *, now: datetime) -> None:
    """Tell the applicant that the network has cancelled a promise."""
    _news(
        bid,
        "The promise for your bid has been cancelled",
        f"The reason: {bid.reason}",
        "Write to the treasurer if you think that this is a mistake.",
        now=now,
    )


def lapsing(bid: Bid, *, now: datetime) -> None:
    """Remind the applicant before a promise lapses."""
    _news(
        bid,
        "Claim your CPD money soon",
        f"{money.pounds(queries.promised_to(bid.id))} is promised, but not claimed yet.",
        f"Claim it with the receipt by {_deadline(bid)}. After that the promise lapses and the "
        "money is available to others.",
        "If you no longer need it, withdraw the bid.",
        now=now,
    )


def lapsed(bid: Bid, *, now: datetime) -> None:
    """Tell the applicant that a promise has lapsed."""
    _news(
        bid,
        "Your promise of CPD money has lapsed",
        f"It was not claimed by {_deadline(bid)}, so the money is now available to others.",
        "If it did take place, write to the treasurer: the money may still be available.",
        now=now,
    )


def _news(bid: Bid, heading: str, *lines: str, now: datetime) -> None:
    for person in _readers(bid):
        notifications.queue(
            key=f"bid_news:{bid.id}:{bid.state}:{person.id}:{now.isoformat()}",
            to=person.email,
            template="bid_news",
            now=now,
            reply_to=school_queries.treasurer(),
            keep_until=bid.lapses_at if bid.state is BidState.APPROVED else None,
            name=person.name,
            bid=bid,
            heading=heading,
            lines=lines,
            action_url=_url(bid),
            action_label="See your bid",
        )


def _applicant(bid: Bid) -> str:
    """Return whom a question about a bid reaches."""
    return school_queries.mailbox_of(_readers(bid))


def _readers(bid: Bid) -> list[Person]:
    """Return the applicant or, if that person has left, the school's coordinators."""
    if bid.applicant is not None and bid.applicant.disabled_at is None:
        return [bid.applicant]
    return school_queries.coordinators(bid.school_id)


def _deadline(bid: Bid) -> str:
    return terms.in_sentence(bid.lapses_at) if bid.lapses_at else ""


def _url(bid: Bid) -> str:
    return absolute_url(addresses.BID(public_id=bid.public_id))

"""Mail about claims: to those who decide, to the treasurer, and to the claimant.

No subject names a person.
"""

from collections.abc import Iterable
from datetime import datetime

from booking.domain import claiming, money
from booking.domain.claiming import CostClaimState, NotYourClaim
from booking.domain.permissions import Actor, Role
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.money.claims import queries
from booking.money.claims.models import CostClaim
from booking.money.fund import service as fund
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

TEMPLATE = "claim_news"


def to_decide(claim: CostClaim, *, actor: Actor, now: datetime) -> None:
    """Ask everybody who may decide on a claim and has not."""
    second = claim.state is CostClaimState.APPROVED_ONCE
    lines = [
        f"{claim.event.host_school.name} claims {money.pounds(claim.pence)} for "
        f"{claim.event.title}: {claim.title}."
    ]
    if second:
        lines.append("One person has approved it, and a second is needed.")
    found = [
        person
        for person in queries.deciders()
        if person.id != actor.person_id and _may_decide(person, claim)
    ]
    _write(claim, "A claim to decide on", lines, to=found, reply_to=_claimants(claim), now=now)


def _may_decide(person: Person, claim: CostClaim) -> bool:
    try:
        claiming.check_decider(
            person_id=person.id,
            person_schools={grant.school_id for grant in person.grants if grant.school_id},
            claimant_id=claim.claimant_id,
            school_id=claim.event.host_school_id,
            approved_by=[one.person_id for one in claim.approvals if one.person_id],
        )
    except NotYourClaim:
        return False
    return True


def approved(claim: CostClaim, *, actor: Actor, now: datetime) -> None:
    """Tell the claimant, and ask the treasurers to pay."""
    pounds = money.pounds(claim.pence)
    lines = [f"Your claim of {pounds} for {claim.title} is approved. The treasurer pays it next."]
    _write(claim, "Your claim is approved", lines, to=_claimants(claim), now=now)
    treasurers = [
        person
        for person in school_queries.people_with(Role.TREASURER)
        if person.id != actor.person_id
    ]
    lines = [f"{pounds} for {claim.event.title} is approved: {claim.title}."]
    _write(claim, "A claim to pay", lines, to=treasurers, reply_to=_claimants(claim), now=now)


def refused(claim: CostClaim, *, now: datetime) -> None:
    """Tell the claimant why a claim was refused."""
    lines = [f"{money.pounds(claim.pence)} for {claim.title}.", f"The reason: {claim.reason}"]
    _write(claim, "Your claim was refused", lines, to=_claimants(claim), now=now)


def sent_back(claim: CostClaim, *, now: datetime) -> None:
    """Tell the claimant what is missing."""
    lines = [
        f"{money.pounds(claim.pence)} for {claim.title}.",
        f"What is missing: {claim.reason}",
        "Change the claim, or add a receipt, and send it again.",
    ]
    _write(claim, "Please add to your claim", lines, to=_claimants(claim), now=now)


def paid(claim: CostClaim, *, now: datetime) -> None:
    """Tell the claimant that the claim was paid."""
    lines = [f"{money.pounds(claim.pence)} for {claim.title} was paid to {claim.payee}."]
    _write(claim, "Your claim has been paid", lines, to=_claimants(claim), now=now)


def payment_undone(claim: CostClaim, *, key: str, reason: str, now: datetime) -> None:
    """Tell the claimant that a claim was marked as paid by mistake."""
    fund.tell_undone(
        _claimants(claim),
        key=key,
        what=f"The payment of {money.pounds(claim.pence)} for “{claim.title}”",
        reason=reason,
        then="The claim stands, and is approved. The treasurer pays it next.",
        action_url=_url(claim),
        action_label="Open the claim",
        now=now,
    )


def _write(
    claim: CostClaim,
    heading: str,
    lines: list[str],
    *,
    to: Iterable[Person],
    reply_to: Iterable[Person] | None = None,
    now: datetime,
) -> None:
    for person in to:
        notifications.queue(
            key=f"claim:{claim.id}:{heading}:{person.id}:{now.isoformat()}",
            to=person.email,
            template=TEMPLATE,
            now=now,
            reply_to=school_queries.treasurer()
            if reply_to is None
            else school_queries.mailbox_of(reply_to),
            name=person.name,
            title=claim.event.title,
            heading=heading,
            lines=lines,
            action_url=_url(claim),
            action_label="See the claim",
        )


def _claimants(claim: CostClaim) -> list[Person]:
    """Return who claims or, if that person has left, the host school's coordinators."""
    if claim.claimant is not None and claim.claimant.disabled_at is None:
        return [claim.claimant]
    return school_queries.coordinators(claim.event.host_school_id)


def _url(claim: CostClaim) -> str:
    return absolute_url(addresses.CLAIM(public_id=claim.public_id))

"""What the treasurer pays out by hand alone, and what takes a second person who gains nothing.

Two people decide above the network's limit, and on whatever goes to a school where whoever records
it holds a role. Small payments to one school count together within a term, and so do all that
concern no school: otherwise two halves would pass where the whole does not.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from booking.domain.ledger.decisions import NotTheDecider, OwnRequest, SecondPersonNeeded
from booking.domain.ledger.entries import EntryKind
from booking.domain.permissions import Actor, Role

#: How long a proposal waits for a second person.
WAITS_FOR = timedelta(days=14)
#: Who keeps the books or watches over them: who proposes, and who may be the second person.
STEERING = frozenset({Role.TREASURER, Role.LEAD})
#: Which entries made by hand pay money out of a fund; of all others, why they do not.
PAYS_OUT: Mapping[EntryKind, bool] = MappingProxyType(
    {
        EntryKind.EVENT_COST: True,
        EntryKind.SPEAKER: True,
        EntryKind.SUBSIDY: True,
        EntryKind.ADMIN_COST: True,
        EntryKind.SCHOOL_CREDIT_BACK: True,
        # Another purpose than the money was collected for.
        EntryKind.TRANSFER: True,
        # Money comes in.
        EntryKind.GRANT: False,
        EntryKind.OPENING_BALANCE: False,
        # Money changes its place; the funds hold what they held, but for the processor's rounding.
        EntryKind.CASH_BANKED: False,
        EntryKind.PAYOUT: False,
    }
)


class WhyTwo(StrEnum):
    """Why a payment takes two people."""

    ABOVE = "above"
    OWN_SCHOOL = "own_school"
    #: With what one person alone has paid this term to the same school, or for none.
    TOGETHER = "together"


class SpendingState(StrEnum):
    """How far a proposed payment has come; all but `asked` are final."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class TakesTwo(SecondPersonNeeded):
    """One person alone may not pay this; `why` says for which reason."""

    def __init__(self, why: WhyTwo) -> None:
        self.why = why
        super().__init__("This payment takes two people. Propose it to a second.")


class SpendingRefused(ValueError):
    """A proposed payment is not answered like this; the message says why."""


class ProposalOver(SpendingRefused):
    """It was decided, taken back, or has waited too long."""


class GainingSchool(SpendingRefused):
    """The second person holds a role at the school that gains."""


class ProposerLeft(SpendingRefused):
    """Whoever proposed it keeps the books no longer, so one person alone would decide."""


def why_two(
    *,
    pence: int,
    alone_up_to_pence: int,
    school_id: int | None,
    own_schools: Collection[int],
    alone_pence: int,
) -> WhyTwo | None:
    """Return why a payment takes two people, or None if one may make it alone.

    `alone_pence` is what single people have paid in the term so far to the same school or, if it is
    about none, for whatever is about none.
    """
    if school_id is not None and school_id in own_schools:
        return WhyTwo.OWN_SCHOOL
    if pence > alone_up_to_pence:
        return WhyTwo.ABOVE
    if alone_pence + pence > alone_up_to_pence:
        return WhyTwo.TOGETHER
    return None


def state_now(state: SpendingState, *, expires_at: datetime, now: datetime) -> SpendingState:
    """Return how a proposal stands, whether or not its end has been written down."""
    if state is SpendingState.ASKED and expires_at <= now:
        return SpendingState.LAPSED
    return state


def check_waits(state: SpendingState) -> None:
    """Raise ProposalOver unless a proposal still waits."""
    if state is SpendingState.LAPSED:
        raise ProposalOver("This has waited too long. Record the payment again to propose it.")
    if state is not SpendingState.ASKED:
        words = "taken back" if state is SpendingState.WITHDRAWN else state.value
        raise ProposalOver(f"This has already been {words}. There is nothing more to do.")


def may_answer(
    actor: Actor, *, asked_by_id: int, school_id: int | None, own_schools: Collection[int]
) -> bool:
    """Return whether the actor is a second person who gains nothing."""
    return (
        actor.person_id not in {None, asked_by_id}
        and any(map(actor.has, STEERING))
        and (school_id is None or school_id not in own_schools)
    )


def check_second(
    actor: Actor, *, asked_by_id: int, school_id: int | None, own_schools: Collection[int]
) -> None:
    """Raise OwnRequest, GainingSchool or NotTheDecider unless the actor may answer."""
    if actor.person_id == asked_by_id:
        raise OwnRequest("You proposed this yourself, so somebody else has to decide.")
    if school_id is not None and school_id in own_schools:
        raise GainingSchool(
            "This goes to a school where you hold a role, so another lead or treasurer decides."
        )
    if not may_answer(actor, asked_by_id=asked_by_id, school_id=school_id, own_schools=own_schools):
        raise NotTheDecider("Another network lead or treasurer decides this.")


def check_proposer(actor: Actor, *, asked_by_id: int) -> None:
    """Raise SpendingRefused unless the actor proposed it."""
    if actor.person_id != asked_by_id:
        raise SpendingRefused("Whoever proposed this may take it back. You may refuse it.")


def check_still_keeps(roles: Collection[Role]) -> None:
    """Raise ProposerLeft unless who proposed it still holds a role that may."""
    if not STEERING & set(roles):
        raise ProposerLeft(
            "Whoever proposed this is no longer a treasurer or lead. Refuse it; somebody who is "
            "proposes it again."
        )

"""Rules of money change by two people: one proposes, another confirms."""

from datetime import datetime, timedelta
from enum import StrEnum

from booking.domain.permissions import Actor, Role

#: How long a proposal waits for a second person.
WAITS_FOR = timedelta(days=14)
#: Who proposes and confirms.
STEERING = frozenset({Role.TREASURER, Role.LEAD})


class RuleBook(StrEnum):
    """Which rules of money."""

    LEDGER = "ledger_rules"
    BIDS = "bid_rules"


class RuleChangeState(StrEnum):
    """How far a proposal has come; all but `asked` are final."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class RuleChangeRefused(ValueError):
    """The rules are not changed like this; the message says why."""


class OwnProposal(RuleChangeRefused):
    """Whoever proposes may not confirm."""


class NotYourProposal(RuleChangeRefused):
    """Only whoever proposed may take it back."""


class NoLongerWaits(RuleChangeRefused):
    """It was decided, taken back, or has waited too long."""


def state_now(state: RuleChangeState, *, expires_at: datetime, now: datetime) -> RuleChangeState:
    """Return how a proposal stands: nobody has to write down that its time is over."""
    if state is RuleChangeState.ASKED and expires_at <= now:
        return RuleChangeState.LAPSED
    return state


def may_confirm(actor: Actor, *, asked_by_id: int) -> bool:
    """Return whether the actor is a second person."""
    return actor.person_id not in {None, asked_by_id} and any(map(actor.has, STEERING))


def check_waits(state: RuleChangeState) -> None:
    """Raise NoLongerWaits unless a proposal still waits."""
    if state is RuleChangeState.LAPSED:
        raise NoLongerWaits("This has waited too long. It has to be proposed again.")
    if state is not RuleChangeState.ASKED:
        raise NoLongerWaits(f"This has already been {state.value}. There is nothing more to do.")


def check_confirmer(actor: Actor, *, asked_by_id: int) -> None:
    """Raise OwnProposal or RuleChangeRefused unless the actor may confirm or refuse."""
    if actor.person_id == asked_by_id:
        raise OwnProposal("You proposed this yourself, so somebody else has to confirm it.")
    if not may_confirm(actor, asked_by_id=asked_by_id):
        raise RuleChangeRefused("Another network lead or treasurer confirms this.")


def check_proposer(actor: Actor, *, asked_by_id: int) -> None:
    """Raise NotYourProposal unless the actor proposed it."""
    if actor.person_id != asked_by_id:
        raise NotYourProposal("Whoever proposed this may take it back. You may refuse it.")

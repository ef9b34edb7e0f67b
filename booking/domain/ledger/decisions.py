"""What one person asks of the ledger and a second person decides."""

from enum import StrEnum

from booking.domain.permissions import Actor, Role

#: The largest entry that one person reverses alone, in pence, until the lead sets another.
ALONE_UP_TO_PENCE = 10_000


class Subject(StrEnum):
    """What is decided."""

    #: A mistake above a set amount is undone.
    REVERSAL = "reversal"
    #: What an event cost more than it took is met from administration.
    DEFICIT = "deficit"


class DecisionState(StrEnum):
    """How far a decision has come; approved and refused are final."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


#: Who decides: whoever keeps the books looks at a reversal, the lead alone accepts a deficit.
DECIDERS = {
    Subject.REVERSAL: frozenset({Role.TREASURER, Role.LEAD}),
    Subject.DEFICIT: frozenset({Role.LEAD}),
}


class SecondPersonNeeded(ValueError):
    """The ledger does not take this from one person alone."""


class OwnRequest(ValueError):
    """Whoever asked does not decide."""


class NotTheDecider(ValueError):
    """The decision belongs to somebody with another role."""


def needs_second_person(pence: int, alone_up_to_pence: int) -> bool:
    """Return whether undoing an entry of this size takes two people."""
    return pence > alone_up_to_pence


def decides_alone(subject: Subject, actor: Actor) -> bool:
    """Return whether the actor needs nobody else, whatever the amount.

    Commands and the worker record facts that are decided elsewhere. A deficit is the lead's
    decision, and a lead who keeps the books as well has made it.
    """
    if actor.kind != "person":
        return True
    return subject is Subject.DEFICIT and actor.has(Role.LEAD)


def may_decide(subject: Subject, actor: Actor, *, asked_by_id: int) -> bool:
    """Return whether the actor is the second person."""
    return actor.person_id not in {None, asked_by_id} and any(
        actor.has(role) for role in DECIDERS[subject]
    )


def check_decider(subject: Subject, actor: Actor, *, asked_by_id: int) -> None:
    """Raise OwnRequest or NotTheDecider unless the actor may decide."""
    if actor.person_id == asked_by_id:
        raise OwnRequest("You asked for this yourself. Another person has to decide it.")
    if not may_decide(subject, actor, asked_by_id=asked_by_id):
        raise NotTheDecider("The network lead decides this. Ask the lead to look at it.")

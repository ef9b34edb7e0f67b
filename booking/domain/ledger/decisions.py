"""What one person asks for and a second person decides, in the ledger."""

from enum import StrEnum

from booking.domain.permissions import Actor, Role

#: The largest entry that one person reverses alone, in pence, until the lead sets another.
ALONE_UP_TO_PENCE = 10_000


class Subject(StrEnum):
    """What is decided."""

    #: A mistake above a set amount is undone.
    REVERSAL = "reversal"
    #: An event's deficit is met from administration.
    DEFICIT = "deficit"


class DecisionState(StrEnum):
    """How far a decision has come; approved and refused are final."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


#: Who decides: anyone who keeps the books decides on a reversal, only the lead accepts a deficit.
DECIDERS = {
    Subject.REVERSAL: frozenset({Role.TREASURER, Role.LEAD}),
    Subject.DEFICIT: frozenset({Role.LEAD}),
}


class SecondPersonNeeded(ValueError):
    """The ledger does not accept this from one person alone."""


class OwnRequest(ValueError):
    """The person who asked may not decide."""


class NotTheDecider(ValueError):
    """The decision belongs to somebody with a different role."""


def needs_second_person(pence: int, alone_up_to_pence: int) -> bool:
    """Return whether undoing an entry of this size takes two people."""
    return pence > alone_up_to_pence


def decides_alone(subject: Subject, actor: Actor) -> bool:
    """Return whether the actor may decide without anybody else, whatever the amount.

    Commands and the worker record facts that are decided elsewhere. A deficit is the lead's
    decision, so a lead who also keeps the books has made it by acting.
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
        raise OwnRequest("You asked for this yourself, so somebody else has to decide.")
    if not may_decide(subject, actor, asked_by_id=asked_by_id):
        raise NotTheDecider("The network lead decides this. Ask the lead to look at it.")

"""What the parent's page says about money, for each kind of fee."""

from dataclasses import dataclass

from booking.domain import money
from booking.domain.charging.kinds import FeeKind

#: Words that would make a voluntary contribution sound like a debt. None is used for that kind.
AVOID_FOR_CONTRIBUTIONS = (
    "arrears",
    "bill",
    "charge",
    "cost of the place",
    "debt",
    "due",
    "fee",
    "must",
    "outstanding",
    "overdue",
    "owe",
    "owed",
    "payable",
    "payment required",
    "price",
    "required",
    "unpaid",
)


@dataclass(frozen=True)
class Wording:
    """The sentences of the page and its buttons, which have equal weight. None asks nothing."""

    heading: str
    sentences: tuple[str, ...]
    buttons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentences as one paragraph, kept with the parent's answer as what was asked."""
        return " ".join(self.sentences)


def wording(kind: FeeKind, amount_pence: int) -> Wording:
    """Word what is asked of a parent (pence), the same for every family."""
    match kind:
        case FeeKind.VOLUNTARY_CONTRIBUTION:
            return _contribution(money.pounds(amount_pence))
        case FeeKind.CHARGE:
            return _charge(money.pounds(amount_pence))
        case FeeKind.PAID_BY_SCHOOL:
            return Wording(
                "The school is paying",
                ("Your child's school is paying for this place.", "Nothing is asked of you."),
            )
        case FeeKind.FREE:
            return Wording("Nothing to pay", ("This event is free. Nothing is asked of you.",))


def contribution_reminder(amount_pence: int) -> str:
    """Word the one message that may follow an unanswered invitation to give."""
    return (
        f"You may still give a voluntary contribution of {money.pounds(amount_pence)} towards "
        "this event, or another amount, if you would like to. There is no obligation, your "
        "child's place does not depend on it, and we shall not write about it again."
    )


def refund_or_gift(amount_pence: int, until: str) -> Wording:
    """Word the choice about money of a cancelled event: nothing is assumed.

    The same terms as for a contribution (s460(2)): no obligation, no difference. `until` says when
    the money goes back by itself.
    """
    amount = money.pounds(amount_pence)
    return Wording(
        f"{amount} goes back to you",
        (
            f"The event was cancelled, so your {amount} goes back to you by itself {until}. "
            "You need not do anything.",
            "If you would rather, you may have it at once, or give it to the network's CPD fund, "
            "which pays for the training of teachers.",
            "There is no obligation to give, and every pupil is treated the same whether or not "
            "their family gives.",
        ),
        ("Send it back now", f"Give {amount} instead"),
    )


def _contribution(amount: str) -> Wording:
    """Ask for a contribution in the terms that s460(2) makes it voluntary by: (a) there is no
    obligation, (b) no pupil is treated differently.
    """
    return Wording(
        "A voluntary contribution",
        (
            f"We would be grateful for a voluntary contribution of {amount} towards this event.",
            "There is no obligation to contribute.",
            "Your child's place does not depend on it, and every pupil is treated the same "
            "whether or not their family contributes.",
            "If too few families contribute the event may have to be cancelled; "
            "all contributions would then be returned.",
            "If you would rather not contribute, or would like help, you need not give a reason.",
        ),
        (f"Contribute {amount}", "Contribute another amount", "Not this time"),
    )


def _charge(amount: str) -> Wording:
    return Wording(
        "The charge",
        (
            f"This event is an optional extra, and the charge for it is {amount} for each pupil.",
            "The place is confirmed when the charge has been settled.",
            "Help is available: ask your child's school in confidence. "
            "Neither the host nor other families are told.",
        ),
        (f"Pay {amount}", "Ask the school for help"),
    )

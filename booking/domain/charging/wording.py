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
    """The page's sentences, and buttons of equal weight; no buttons where nothing is asked."""

    heading: str
    sentences: tuple[str, ...]
    buttons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The sentences as one paragraph, which is kept with the parent's answer."""
        return " ".join(self.sentences)


def wording(kind: FeeKind, amount_pence: int) -> Wording:
    """Return the words that ask a parent for an amount (pence), the same for every family."""
    match kind:
        case FeeKind.VOLUNTARY_CONTRIBUTION:
            return _contribution(money.pounds(amount_pence))
        case FeeKind.CHARGE:
            return _charge(money.pounds(amount_pence))
        case FeeKind.PAID_BY_SCHOOL:
            return Wording(
                "The school is paying",
                (
                    "Your child's school is paying for this place.",
                    "You do not need to pay anything.",
                ),
            )
        case FeeKind.FREE:
            return Wording(
                "Nothing to pay", ("This event is free. You do not need to pay anything.",)
            )


def contribution_reminder(amount_pence: int) -> str:
    """Return the words of the one reminder that may follow an unanswered invitation to give."""
    return (
        f"You may still give a voluntary contribution of {money.pounds(amount_pence)} towards "
        "this event, or another amount, if you would like to. There is no obligation, your "
        "child's place does not depend on it, and we will not write about it again."
    )


def refund_or_gift(amount_pence: int, until: str) -> Wording:
    """Return the words of the choice about money from a cancelled event: nothing is assumed.

    The terms are those of a contribution (s460(2)): no obligation, no difference. `until` says when
    the money goes back automatically.
    """
    amount = money.pounds(amount_pence)
    return Wording(
        f"{amount} will be returned to you",
        (
            f"The event was cancelled, so your {amount} will be returned to you automatically "
            f"{until}. You do not need to do anything.",
            "If you would rather, you can have it back now, or give it to the network's fund for "
            "teachers' training.",
            "There is no obligation to give, and every pupil is treated the same whether or not "
            "their family gives.",
        ),
        ("Send it back now", f"Give {amount} instead"),
    )


def _contribution(amount: str) -> Wording:
    """Ask for a contribution in the terms that make it voluntary under s460(2).

    They are (a) there is no obligation, (b) no pupil is treated differently.
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
            "Your child's place is confirmed once the charge has been paid.",
            "Help is available: ask your child's school in confidence. Neither the host school "
            "nor other families will be told.",
        ),
        (f"Pay {amount}", "Ask the school for help"),
    )

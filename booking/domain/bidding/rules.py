"""The network's rules for bids: the share that it pays, ceilings, and how long a promise stands.

All amounts are whole pence, all shares whole percent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from booking.domain import money
from booking.domain.problems import Problem
from booking.domain.terms import day_text

PERCENT_MAX = 100
DAYS_MAX = 200
#: A bid is for something that is still to come, but not for the year after next.
FURTHEST = timedelta(days=550)


class BidKind(StrEnum):
    """What the money is for."""

    SUBSIDY = "subsidy"
    SPEAKER = "speaker"


class RulesWrong(ValueError):
    """The network cannot work with these rules; `problems` says what to change."""

    def __init__(self, found: "list[Problem]") -> None:
        self.problems = found
        super().__init__(" ".join(problem.words for problem in found))


@dataclass(frozen=True)
class Rules:
    """What the network's lead and treasurer have settled."""

    #: The highest share that the fund pays of a course, and of a speaker, who is there for
    #: everybody.
    subsidy_percent: int = 50
    speaker_percent: int = 100
    #: The most for one bid, and for one school in one term (the term in which it takes place).
    bid_max_pence: int = 30_000
    term_max_pence: int = 60_000
    #: Above this two people must approve.
    two_above_pence: int = 20_000
    #: School days after the approval or the date itself, whichever is later, before it lapses.
    lapse_days: int = 30
    #: Whether visitors may read what the money was used for.
    shown_to_visitors: bool = False

    def percent(self, kind: BidKind) -> int:
        """Return the highest share for a kind, in percent."""
        return self.subsidy_percent if kind is BidKind.SUBSIDY else self.speaker_percent


@dataclass(frozen=True)
class Application:
    """What is asked for: amounts in pence."""

    kind: BidKind
    takes_place_on: date
    cost_pence: int
    asked_pence: int


def check_rules(rules: Rules) -> Rules:
    """Return the rules if a network can work with them, or raise RulesWrong."""
    if found := list(_rule_problems(rules)):
        raise RulesWrong(found)
    return rules


def _rule_problems(rules: Rules) -> Iterator[Problem]:
    for name in ("subsidy_percent", "speaker_percent"):
        if not 1 <= getattr(rules, name) <= PERCENT_MAX:
            yield Problem(name, f"Enter a share from 1 to {PERCENT_MAX} percent.")
    if not 0 < rules.bid_max_pence <= money.LARGEST_PENCE:
        yield Problem("bid_max_pence", "Enter an amount above zero.")
    if not rules.bid_max_pence <= rules.term_max_pence <= money.LARGEST_PENCE:
        yield Problem(
            "term_max_pence",
            "Enter at least as much as the most for one bid, because a school may ask for that.",
        )
    if not 0 <= rules.two_above_pence <= money.LARGEST_PENCE:
        yield Problem(
            "two_above_pence", "Enter an amount. With 0, every bid needs two people to approve it."
        )
    if not 1 <= rules.lapse_days <= DAYS_MAX:
        yield Problem("lapse_days", f"Enter a number of school days from 1 to {DAYS_MAX}.")


def largest_share(cost_pence: int, percent: int) -> int:
    """Return the largest share, in pence, rounded down."""
    return cost_pence * percent // 100


def problems(
    application: Application, rules: Rules, *, term_pence: int, today: date | None
) -> list[Problem]:
    """Return what prevents a bid from being made or approved; nothing means that it may be.

    `term_pence` is what the school has been promised or paid already for the same term. `today` is
    None when the bid is being decided on, because its date may have passed meanwhile.
    """
    asked, cost = application.asked_pence, application.cost_pence
    found = list(_date_problems(application, today)) if today else []
    if cost <= 0:
        found.append(Problem("cost_pence", "Enter the total cost, above zero."))
    if asked <= 0:
        found.append(
            Problem("asked_pence", "Enter the amount that you are asking for, above zero.")
        )
    if cost > 0 and asked > 0:
        found += _amount_problems(application, rules, term_pence)
    return found


def _date_problems(application: Application, today: date) -> Iterator[Problem]:
    if application.takes_place_on < today:
        yield Problem(
            "takes_place_on",
            "This date has passed. The network only promises money in advance, so bid for "
            "something that is still to come.",
        )
    elif application.takes_place_on > today + FURTHEST:
        yield Problem(
            "takes_place_on",
            f"Enter a date no later than {day_text(today + FURTHEST)}, or bid nearer the time.",
        )


def _amount_problems(application: Application, rules: Rules, term_pence: int) -> Iterator[Problem]:
    asked, cost = application.asked_pence, application.cost_pence
    percent = rules.percent(application.kind)
    share = largest_share(cost, percent)
    left = max(0, rules.term_max_pence - term_pence)
    if asked > cost:
        yield Problem("asked_pence", f"This is more than it costs ({money.pounds(cost)}).")
    elif asked > share:
        yield Problem(
            "asked_pence",
            f"The network pays at most {percent}% of the cost: {money.pounds(share)} of "
            f"{money.pounds(cost)}. Ask for {money.pounds(share)} or less.",
        )
    if asked > rules.bid_max_pence:
        yield Problem(
            "asked_pence",
            f"The network pays at most {money.pounds(rules.bid_max_pence)} for one bid.",
        )
    elif asked > left:
        yield Problem(
            "asked_pence",
            f"The network pays at most {money.pounds(rules.term_max_pence)} for one school in a "
            f"term. {money.pounds(term_pence)} is promised or paid for that term, so ask for "
            f"{money.pounds(left)} or less."
            if left
            else f"The network pays at most {money.pounds(rules.term_max_pence)} for one school in "
            "a term, and all of it is promised or paid for that term. "
            "Choose a date in another term.",
        )


def claim_problems(
    *, claimed_pence: int, paid_pence: int, promised_pence: int, percent: int
) -> list[Problem]:
    """Return what is wrong with a claim (pence) for something that cost `paid_pence` in the end.

    The share that applied when the bid was approved also applies to the final cost.
    """
    if paid_pence <= 0:
        return [Problem("paid_pence", "Enter the total cost, as the receipt shows it.")]
    if claimed_pence <= 0:
        return [Problem("pence", "Enter the amount that you are claiming, above zero.")]
    if claimed_pence > promised_pence:
        promised = money.pounds(promised_pence)
        return [Problem("pence", f"{promised} is promised for this bid. Claim that or less.")]
    share = largest_share(paid_pence, percent)
    if claimed_pence > share:
        return [
            Problem(
                "pence",
                f"The network pays at most {percent}% of what it cost: {money.pounds(share)}. "
                "Claim that or less.",
            )
        ]
    return []

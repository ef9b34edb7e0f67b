"""Where a fee went in the end: what each pound of it paid for, when an event is closed.

The published breakdown says what was planned. What happened is told here: a day that cost less than
it took leaves something for the CPD fund, and one that cost more used all of its part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from booking.domain import money
from booking.domain.charging import is_small
from booking.domain.funds import NAMES, Fund


@dataclass(frozen=True)
class Went:
    """What became of a part of the money, in words and pence."""

    label: str
    pence: int
    #: Which fund's purpose it served, wherever the money lay before.
    fund: Fund


@dataclass(frozen=True)
class EventFigures:
    """An event's money in pence: what came into each fund, and what was spent from each."""

    came: Mapping[Fund, int]
    spent: Mapping[Fund, int]


def may_tell(figures: EventFigures, payers: int) -> bool:
    """Return whether an event's money may be published: five payers or more, nothing below zero."""
    return not is_small(payers) and all(pence >= 0 for pence in figures.came.values())


def destinations(several: Sequence[EventFigures], titles: Mapping[Fund, str] = NAMES) -> list[Went]:
    """Return where the money of events went; the parts add up to all that came in.

    What is left in the events' own fund goes to the CPD fund when an event is closed. A deficit is
    met from administration, with money other than these fees.
    """
    day = left = card = 0
    rest: dict[Fund, int] = {}
    for each in several:
        came = each.came.get(Fund.EVENTS, 0)
        paid = min(max(each.spent.get(Fund.EVENTS, 0), 0), came)
        fees = min(max(each.spent.get(Fund.ADMIN, 0), 0), each.came.get(Fund.ADMIN, 0))
        day, left, card = day + paid, left + came - paid, card + fees
        for fund, pence in each.came.items():
            if fund is not Fund.EVENTS:
                rest[fund] = rest.get(fund, 0) + pence - (fees if fund is Fund.ADMIN else 0)
    told = [
        Went("the day itself", day, Fund.EVENTS),
        Went("teachers’ training, left over from the day", left, Fund.CPD),
        Went("teachers’ training, as published", rest.pop(Fund.CPD, 0), Fund.CPD),
        Went("card fees", card, Fund.ADMIN),
        Went("running the network", rest.pop(Fund.ADMIN, 0), Fund.ADMIN),
        *(Went(titles.get(fund, fund.value), pence, fund) for fund, pence in sorted(rest.items())),
    ]
    return [went for went in told if went.pence]


def of_each(fee_pence: int, told: Sequence[Went]) -> list[Went]:
    """Return how much of each fee went where, with no penny lost.

    A part that is less than half a penny of each fee is left out.
    """
    shares = money.split(fee_pence, [went.pence for went in told])
    return [
        Went(went.label, share, went.fund)
        for went, share in zip(told, shares, strict=True)
        if share
    ]


def sentence(fee_pence: int, told: Sequence[Went]) -> str:
    """Return it in words: "Of each £6.00: £3.40 went to the day itself; …"."""
    parts = [f"{money.pounds(went.pence)} went to {went.label}" for went in told]
    listed = "; ".join(parts)
    return f"Of each {money.pounds(fee_pence)}: {listed}."

"""A fee per place: its breakdown, the cost per head, and which counts of families may be shown."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from booking.domain import money
from booking.domain.charging.kinds import FeeKind, asks_parent
from booking.domain.funds import Fund

#: The smallest card payment in pounds sterling that Stripe takes.
MINIMUM_CARD_PENCE = 30

#: What families read instead of “CPD”.
TRAINING = "teachers’ training"
_CPD = re.compile(r"\bcpd\b", re.IGNORECASE)

#: Totals below this are not shown, so that nobody can be picked out.
SMALLEST_SHOWN_COUNT = 5


@dataclass(frozen=True)
class FeePart:
    """A part of the fee: pence, what it pays for, and the fund that it belongs to."""

    label: str
    pence: int
    fund: Fund

    @property
    def plain_label(self) -> str:
        """Return the label as families read it."""
        return plain_label(self.label, self.fund)


class PartsDoNotAddUp(ValueError):
    """The parts of a fee do not add up to the fee."""


class NoHeads(ValueError):
    """A cost per head needs at least one head."""


def plain_label(label: str, fund: Fund) -> str:
    """Return a part's label as families read it: few of them know what CPD is."""
    if fund is not Fund.CPD or not _CPD.search(label):
        return label
    return TRAINING


def breakdown_sentence(total_pence: int, parts: Sequence[FeePart]) -> str:
    """Write where a fee goes: "£6.00 = £3.40 speaker + £2.60 materials"."""
    if not parts:
        return money.pounds(total_pence)
    if sum(part.pence for part in parts) != total_pence:
        raise PartsDoNotAddUp(breakdown_errors(total_pence, parts)[-1])
    listed = " + ".join(f"{money.pounds(part.pence)} {part.plain_label}" for part in parts)
    return f"{money.pounds(total_pence)} = {listed}"


def breakdown_errors(fee_pence: int, parts: Sequence[FeePart]) -> list[str]:
    """List what is wrong with a breakdown, in words for the host."""
    errors = []
    if any(not part.label.strip() for part in parts):
        errors.append("Say what each part of the fee pays for.")
    if any(part.pence <= 0 for part in parts):
        errors.append("Give each part of the fee an amount above zero, or leave the part out.")
    summed = sum(part.pence for part in parts)
    if summed != fee_pence:
        gap = money.pounds(abs(fee_pence - summed))
        change = "Add" if summed < fee_pence else "Remove"
        errors.append(
            f"The parts come to {money.pounds(summed)} and the fee is {money.pounds(fee_pence)}. "
            f"{change} {gap}."
        )
    return errors


def fee_errors(kind: FeeKind, fee_pence: int) -> list[str]:
    """List how a fee (pence per place) disagrees with its kind."""
    if fee_pence < 0:
        return ["Enter a fee that is not below zero."]
    if kind is FeeKind.FREE and fee_pence:
        return ["A free event has no fee. Choose another kind of fee, or enter 0."]
    if kind is not FeeKind.FREE and not fee_pence:
        return ["Enter the fee per pupil, or choose “Free”."]
    if asks_parent(kind) and fee_pence < MINIMUM_CARD_PENCE:
        least = money.pounds(MINIMUM_CARD_PENCE)
        return [f"The smallest fee is {least}. Ask for at least that, or for nothing."]
    return []


def parts_of(amount_pence: int, parts: Sequence[FeePart]) -> tuple[FeePart, ...]:
    """Divide an amount other than the fee in the same way as the published breakdown.

    Largest remainder, no penny lost; parts that come to nothing are left out.
    """
    shares = money.split(amount_pence, [part.pence for part in parts])
    shared = zip(parts, shares, strict=True)
    return tuple(replace(part, pence=share) for part, share in shared if share)


def cost_per_head(cost_lines_pence: Sequence[int], heads: int) -> int:
    """Work out the cost per head in whole pence, rounded down.

    It is rounded down because a charge may not exceed the cost (s456(3)), and a penny extra per
    head would.
    """
    if heads < 1:
        raise NoHeads("Enter how many pupils you plan for, at least 1.")
    return sum(cost_lines_pence) // heads


def share_in_school_hours(
    visit: tuple[time, time], sessions: Sequence[tuple[time, time]]
) -> Fraction:
    """Work out how much of a visit (travel included) falls in school sessions.

    Sessions exclude the midday break, which is not school hours, and may not overlap.
    """
    start, end = _minutes(visit[0]), _minutes(visit[1])
    assert start < end, "a visit ends after it starts"
    inside = sum(
        max(0, min(end, _minutes(closes)) - max(start, _minutes(opens)))
        for opens, closes in sessions
    )
    return Fraction(inside, end - start)


def share_of_stay(
    starts: datetime, ends: datetime, is_school_day: Callable[[date], bool]
) -> Fraction:
    """Work out how much of a stay with nights counts as school hours, by half days.

    A half day is the twelve hours that end at noon or midnight; it counts if the stay takes at
    least half of it (s452). Every school day has two sessions, whatever its hours. Both instants
    are on one clock.
    """
    assert starts < ends, "a stay ends after it starts"
    day, half, spent, sessions = starts.date(), timedelta(hours=12), 0, 0
    while day <= ends.date():
        for hour in (0, 12):
            opens = datetime.combine(day, time(hour), starts.tzinfo)
            inside = min(ends, opens + half) - max(starts, opens)
            if inside * 2 >= half:
                spent += 1
                sessions += is_school_day(day)
        day += timedelta(days=1)
    return Fraction(sessions, spent) if spent else Fraction(0)


def is_small(count: int) -> bool:
    """Return whether a count is too small to be shown, along with anything that goes with it."""
    assert count >= 0, "a count is never below zero"
    return count < SMALLEST_SHOWN_COUNT


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute

"""Warnings to a host whose fee may break the rules on charging."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from booking.domain import money
from booking.domain.charging.fees import FeePart, cost_per_head
from booking.domain.charging.kinds import FeeKind
from booking.domain.funds import Fund

#: A visit with at least this share of its time in school hours counts as in school hours (s452).
IN_SCHOOL_HOURS_FROM = Fraction(1, 2)


class Code(StrEnum):
    """What a warning is about."""

    CHARGE_IN_SCHOOL_HOURS = "charge_in_school_hours"
    CHARGE_NOT_COSTED = "charge_not_costed"
    CHARGE_ABOVE_COST = "charge_above_cost"
    CPD_SHARE_IN_CHARGE = "cpd_share_in_charge"


class Remedy(StrEnum):
    """What lets the event go ahead in spite of a warning."""

    #: The host records a reason.
    REASON = "reason"
    #: Only the network lead may go ahead, and must record a reason.
    LEAD_REASON = "lead_reason"
    #: Nothing does, except putting it right.
    CORRECTION = "correction"


@dataclass(frozen=True)
class Warning:
    """Something about a fee that a person has to think about before the event is published."""

    code: Code
    words: str
    remedy: Remedy

    @property
    def blocks(self) -> bool:
        """Whether the host cannot go ahead alone."""
        return self.remedy is not Remedy.REASON


def warnings(
    kind: FeeKind,
    fee_pence: int,
    parts: Sequence[FeePart],
    costs_pence: Sequence[int],
    planned_heads: int,
    school_hours_share: Fraction,
) -> list[Warning]:
    """List what the rules on charging say against a fee (pence per place).

    Only a charge can break them; a contribution is safe while its words are (s460(2)).
    """
    if kind is not FeeKind.CHARGE:
        return []
    found = []
    if school_hours_share >= IN_SCHOOL_HOURS_FROM:
        found.append(_IN_SCHOOL_HOURS)
    if planned_heads < 1 or sum(costs_pence) <= 0:
        found.append(_NOT_COSTED)
    elif fee_pence > (cost_pence := cost_per_head(costs_pence, planned_heads)):
        found.append(_above_cost(fee_pence, cost_pence))
    if cpd_pence := sum(part.pence for part in parts if part.fund is Fund.CPD):
        found.append(_cpd_share(cpd_pence))
    return found


_IN_SCHOOL_HOURS = Warning(
    Code.CHARGE_IN_SCHOOL_HOURS,
    "At least half of this event is in school hours, and education in school hours may not be "
    "charged for. Ask for a voluntary contribution, or let the schools pay. Only the network lead "
    "may keep the charge, with a reason that is recorded.",
    Remedy.LEAD_REASON,
)

_NOT_COSTED = Warning(
    Code.CHARGE_NOT_COSTED,
    "A charge may not be more than the cost. Enter the costs and how many pupils you plan for.",
    Remedy.CORRECTION,
)


def _above_cost(fee_pence: int, cost_pence: int) -> Warning:
    return Warning(
        Code.CHARGE_ABOVE_COST,
        f"The charge is {money.pounds(fee_pence)} and the cost per pupil is "
        f"{money.pounds(cost_pence)}. A charge may not be more than the cost. "
        "Lower it, or record why it is right.",
        Remedy.REASON,
    )


def _cpd_share(cpd_pence: int) -> Warning:
    return Warning(
        Code.CPD_SHARE_IN_CHARGE,
        f"{money.pounds(cpd_pence)} of the charge goes to the CPD fund, which is not a cost of "
        "this event. Take it out, ask for a voluntary contribution, or record why it is right.",
        Remedy.REASON,
    )

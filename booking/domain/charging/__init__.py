"""What an event asks for, from whom and in what words, and what the law on charging says about it.

Law: Education Act 1996, sections 449 to 462 (England). No charge for education in school hours; a
charge for an optional extra may not exceed its cost (s456(3)); a contribution is voluntary only if
its terms say that there is no obligation and that no pupil is treated differently (s460(2)).
Fairplace helps to follow these rules; it is not legal advice.
"""

from booking.domain.charging.cautions import (
    IN_SCHOOL_HOURS_FROM,
    Code,
    Remedy,
    Warning,
    warnings,
)
from booking.domain.charging.counts import FamilyCounts, shown_counts
from booking.domain.charging.fees import (
    MINIMUM_CARD_PENCE,
    SMALLEST_SHOWN_COUNT,
    FeePart,
    NoHeads,
    PartsDoNotAddUp,
    breakdown_errors,
    breakdown_sentence,
    cost_per_head,
    fee_errors,
    is_small,
    parts_of,
    plain_label,
    share_in_school_hours,
    share_of_stay,
)
from booking.domain.charging.kinds import (
    NAMES,
    FeeKind,
    asks_parent,
    blocks_place,
    may_block_place,
)
from booking.domain.charging.wording import (
    AVOID_FOR_CONTRIBUTIONS,
    Wording,
    contribution_reminder,
    refund_or_gift,
    wording,
)

__all__ = [
    "AVOID_FOR_CONTRIBUTIONS",
    "IN_SCHOOL_HOURS_FROM",
    "MINIMUM_CARD_PENCE",
    "NAMES",
    "SMALLEST_SHOWN_COUNT",
    "Code",
    "FamilyCounts",
    "FeeKind",
    "FeePart",
    "NoHeads",
    "PartsDoNotAddUp",
    "Remedy",
    "Warning",
    "Wording",
    "asks_parent",
    "blocks_place",
    "breakdown_errors",
    "breakdown_sentence",
    "contribution_reminder",
    "cost_per_head",
    "fee_errors",
    "is_small",
    "may_block_place",
    "parts_of",
    "plain_label",
    "refund_or_gift",
    "share_in_school_hours",
    "share_of_stay",
    "shown_counts",
    "warnings",
    "wording",
]

"""What may be done about a tour: plan and open it, ask for and agree stops, lead, lend its kit."""

from booking.days.tours.refusals import (
    KitRefused,
    LeaderNotAgreed,
    NothingLedYet,
    StopNotOpen,
    StopsToCome,
    TimeTaken,
    TourNotOpen,
    TourRefused,
)
from booking.days.tours.service.following import (
    follow_change,
    follow_publication,
    forbidden_changes,
    free_cancelled,
    free_discarded,
)
from booking.days.tours.service.kits import add_kit, change_kit, hand_over
from booking.days.tours.service.leading import (
    add_leaders,
    agree,
    remove_leader,
    set_leaders,
)
from booking.days.tours.service.proof import problems
from booking.days.tours.service.stops import accept, ask, call_off, decline, withdraw
from booking.days.tours.service.tours import begin, change, discard, end, open_for_schools

__all__ = [
    "KitRefused",
    "LeaderNotAgreed",
    "NothingLedYet",
    "StopNotOpen",
    "StopsToCome",
    "TimeTaken",
    "TourNotOpen",
    "TourRefused",
    "accept",
    "add_kit",
    "add_leaders",
    "agree",
    "ask",
    "begin",
    "call_off",
    "change",
    "change_kit",
    "decline",
    "discard",
    "end",
    "follow_change",
    "follow_publication",
    "forbidden_changes",
    "free_cancelled",
    "free_discarded",
    "hand_over",
    "open_for_schools",
    "problems",
    "remove_leader",
    "set_leaders",
    "withdraw",
]

"""What may be done with season plans: open, wish, propose, accept, withdraw, verify."""

from booking.days.seasons.details import PupilWishes
from booking.days.seasons.refusals import (
    AlreadyAccepted,
    ChangedMeanwhile,
    DeadlineRefused,
    NoProposal,
    NoSolver,
    NothingToPlan,
    NotOpen,
    PlanRefused,
    SeasonRefused,
    WishesClosed,
    WishRefused,
)
from booking.days.seasons.service.accepting import accept
from booking.days.seasons.service.changes import drop_event, forbid_change, forget_pupil
from booking.days.seasons.service.opening import PlanDetails, extend, open_plan, withdraw
from booking.days.seasons.service.proof import problems, recompute, verify
from booking.days.seasons.service.proposing import TRIAL_SEED, has_solver, is_current, propose
from booking.days.seasons.service.reminders import remind_of_wishes
from booking.days.seasons.service.wishes import enter_wishes, finish, set_at_most

__all__ = [
    "TRIAL_SEED",
    "AlreadyAccepted",
    "ChangedMeanwhile",
    "DeadlineRefused",
    "NoProposal",
    "NoSolver",
    "NotOpen",
    "NothingToPlan",
    "PlanDetails",
    "PlanRefused",
    "PupilWishes",
    "SeasonRefused",
    "WishRefused",
    "WishesClosed",
    "accept",
    "drop_event",
    "enter_wishes",
    "extend",
    "finish",
    "forbid_change",
    "forget_pupil",
    "has_solver",
    "is_current",
    "open_plan",
    "problems",
    "propose",
    "recompute",
    "remind_of_wishes",
    "set_at_most",
    "verify",
    "withdraw",
]

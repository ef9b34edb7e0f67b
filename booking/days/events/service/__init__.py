"""What may be done to an event: write, change, publish, cancel, close, clone, discard."""

from booking.days.events.details import (
    CostDetails,
    DateCheck,
    DateDetails,
    EventDetails,
    RuleDetails,
    details_of,
)
from booking.days.events.refusals import (
    DatesNotSeen,
    EventIsOver,
    EventRefused,
    HostNotYours,
    NotADraft,
    NotOverYet,
    NotPublished,
    NotToPublish,
    OverAlready,
    ThemeRefused,
)
from booking.days.events.service.charges import warnings
from booking.days.events.service.dates import check as check_dates
from booking.days.events.service.network_rules import keep_network_rules
from booking.days.events.service.proposing import left_alone, proposal_for
from booking.days.events.service.publishing import (
    cancel,
    check_not_over,
    check_over,
    close,
    publication_problems,
    publish,
)
from booking.days.events.service.repeating import clone, follow_example
from booking.days.events.service.themes import (
    add_theme,
    merge_themes,
    offer_theme,
    rename_theme,
    retire_theme,
)
from booking.days.events.service.writing import (
    FIXED,
    change,
    discard,
    locked_published,
    write,
)
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing

__all__ = [
    "FIXED",
    "CostDetails",
    "DateCheck",
    "DateDetails",
    "DatesNotSeen",
    "EventDetails",
    "EventIsOver",
    "EventRefused",
    "HostNotYours",
    "NotADraft",
    "NotOverYet",
    "NotPublished",
    "NotToPublish",
    "OverAlready",
    "Problem",
    "ReasonMissing",
    "RuleDetails",
    "ThemeRefused",
    "add_theme",
    "cancel",
    "change",
    "check_dates",
    "check_not_over",
    "check_over",
    "clone",
    "close",
    "details_of",
    "discard",
    "follow_example",
    "keep_network_rules",
    "left_alone",
    "locked_published",
    "merge_themes",
    "offer_theme",
    "proposal_for",
    "publication_problems",
    "publish",
    "rename_theme",
    "retire_theme",
    "warnings",
    "write",
]

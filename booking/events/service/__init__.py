"""What may be done to an event: write, change, publish, cancel, close, clone, discard."""

from booking.events.details import (
    CostDetails,
    DateDetails,
    EventDetails,
    RuleDetails,
    details_of,
)
from booking.events.problems import (
    EventIsOver,
    EventRefused,
    HostNotYours,
    NotADraft,
    NotOverYet,
    NotPublished,
    Problem,
    ReasonMissing,
)
from booking.events.service.charges import warnings
from booking.events.service.network_rules import keep_network_rules
from booking.events.service.publishing import (
    cancel,
    check_over,
    clone,
    close,
    publication_problems,
    publish,
)
from booking.events.service.writing import (
    FIXED,
    MATERIAL,
    REFRESH_LAG,
    URGENT,
    change,
    discard,
    locked,
    locked_published,
    write,
)

__all__ = [
    "FIXED",
    "MATERIAL",
    "REFRESH_LAG",
    "URGENT",
    "CostDetails",
    "DateDetails",
    "EventDetails",
    "EventIsOver",
    "EventRefused",
    "HostNotYours",
    "NotADraft",
    "NotOverYet",
    "NotPublished",
    "Problem",
    "ReasonMissing",
    "RuleDetails",
    "cancel",
    "change",
    "check_over",
    "clone",
    "close",
    "details_of",
    "discard",
    "keep_network_rules",
    "locked",
    "locked_published",
    "publication_problems",
    "publish",
    "warnings",
    "write",
]

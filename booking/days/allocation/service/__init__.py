"""What may be done with a round: look ahead, run, set quotas, publish, verify."""

from booking.days.allocation.refusals import (
    AlreadyRun,
    NoRound,
    NothingAsked,
    QuotaRefused,
    QuotasAbovePlaces,
    Refused,
    RequestsStillOpen,
)
from booking.days.allocation.service.previews import BASES, Preview, preview
from booking.days.allocation.service.proof import problems, verify
from booking.days.allocation.service.quotas import publish_quotas, set_quotas
from booking.days.allocation.service.rounds import gather, run

__all__ = [
    "BASES",
    "AlreadyRun",
    "NoRound",
    "NothingAsked",
    "Preview",
    "QuotaRefused",
    "QuotasAbovePlaces",
    "Refused",
    "RequestsStillOpen",
    "gather",
    "preview",
    "problems",
    "publish_quotas",
    "run",
    "set_quotas",
    "verify",
]

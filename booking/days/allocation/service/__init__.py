"""What may be done with a round: run, set quotas, publish, verify."""

from booking.days.allocation.refusals import (
    AlreadyRun,
    NoRound,
    NothingAsked,
    QuotaRefused,
    QuotasAbovePlaces,
    Refused,
    RequestsStillOpen,
)
from booking.days.allocation.service.proof import problems, verify
from booking.days.allocation.service.quotas import publish_quotas, set_quotas
from booking.days.allocation.service.rounds import run

__all__ = [
    "AlreadyRun",
    "NoRound",
    "NothingAsked",
    "QuotaRefused",
    "QuotasAbovePlaces",
    "Refused",
    "RequestsStillOpen",
    "problems",
    "publish_quotas",
    "run",
    "set_quotas",
    "verify",
]

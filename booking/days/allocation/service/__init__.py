"""What may be done with a round: run, set quotas, publish, verify."""

from booking.days.allocation.refusals import (
    AlreadyRun,
    NobodyAsked,
    NoRound,
    QuotaRefused,
    QuotasAbovePlaces,
    RequestsStillOpen,
    RoundRefused,
)
from booking.days.allocation.service.proof import problems, verify
from booking.days.allocation.service.quotas import publish_quotas, set_quotas
from booking.days.allocation.service.rounds import run

__all__ = [
    "AlreadyRun",
    "NoRound",
    "NobodyAsked",
    "QuotaRefused",
    "QuotasAbovePlaces",
    "RequestsStillOpen",
    "RoundRefused",
    "problems",
    "publish_quotas",
    "run",
    "set_quotas",
    "verify",
]

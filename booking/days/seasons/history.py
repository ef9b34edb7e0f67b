"""How acts about season plans are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.days.seasons.models import SeasonPlan
from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, act
from booking.foundation.db import db

_PLANS = "Season plans"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about season plans are told."""
    return {name: act(_PLANS, *words) for name, words in _SENTENCES.items()}


_SENTENCES = {
    "open_season_plan": ("opened the season plan {subject}",),
    "extend_season_plan": ("gave schools more time for {subject}",),
    "withdraw_season_plan": ("withdrew the season plan {subject}",),
    "propose_season_plan": ("had a proposal worked out for {subject}",),
    "accept_season_plan": ("accepted the season plan {subject}",),
    "enter_wishes": ("entered wishes of pupils{school.more} in {subject}",),
    "set_at_most_events": (
        "changed how many events a pupil may have{school.more} from {before} to {after}",
        "changed how many events a pupil may have{school.more}",
    ),
    "finish_wishes": ("marked the wishes{school.more} as complete in {subject}",),
}


def namers() -> Sequence[Namer]:
    """Return how season plans are named."""
    return (Namer(("season_plans",), _names, Named("a season plan that no longer exists")),)


def _names(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    found = db.session.execute(select(SeasonPlan.id, SeasonPlan.name).where(SeasonPlan.id.in_(ids)))
    return {id_: Named(f"“{name}”") for id_, name in found}

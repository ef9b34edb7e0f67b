"""The blueprint, and how its addresses find a plan."""

from typing import Any

from flask import Blueprint

from booking.domain.permissions import Scope
from booking.schools import acting
from booking.seasons import queries
from booking.seasons.models import SeasonPlan

seasons = Blueprint("seasons", __name__)


def load_plan(**url: Any) -> SeasonPlan | None:
    """Return a plan."""
    return queries.by_slug(url["slug"])


def of_network(_plan: SeasonPlan) -> Scope:
    """Return what a plan belongs to: the whole network."""
    return Scope()


def own_school(_plan: SeasonPlan) -> Scope:
    """Return the school for which the coordinator acts: each sees its own wishes."""
    return Scope(acting.school().id)

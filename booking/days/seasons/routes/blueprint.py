"""The blueprint, and how its addresses find a plan."""

from typing import Any

from flask import Blueprint

from booking.days.seasons import queries
from booking.days.seasons.models import SeasonPlan
from booking.domain.permissions import Scope
from booking.people.schools import acting

seasons = Blueprint("seasons", __name__)


def load_plan(**url: Any) -> SeasonPlan | None:
    """Return a plan."""
    return queries.by_slug(url["slug"])


def of_network(_plan: SeasonPlan) -> Scope:
    """Return what a plan belongs to: the whole network."""
    return Scope()


def own_school(_plan: SeasonPlan) -> Scope:
    """Return the school that the coordinator is acting for: each sees its own wishes."""
    return Scope(acting.school().id)

"""The blueprint for walk-ins, and how its addresses find what they name."""

from typing import Any

from flask import Blueprint

from booking.domain.permissions import Scope
from booking.foundation import clock
from booking.on_the_day.rosters import windows
from booking.on_the_day.walk_ins import queries
from booking.on_the_day.walk_ins.models import WalkIn

walk_ins = Blueprint("walk_ins", __name__)


def load_walk_in(**url: Any) -> WalkIn | None:
    """Return a walk-in, taken back or not."""
    return queries.by_public_id(url["public_id"])


def looked_after(walk_in: WalkIn) -> Scope:
    """Return whose staff look after the pupil on the day."""
    return windows.scope_of(walk_in.event, clock.now())


def home_school(walk_in: WalkIn) -> Scope:
    """Return the school that the pupil came with."""
    return Scope(walk_in.school_id)

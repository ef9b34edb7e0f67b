"""The blueprint, what an address finds, and who may use it."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, url_for
from flask_login import current_user

from booking.days.tours import queries, service
from booking.days.tours.models import Tour, TourLeader, TourStop
from booking.domain import permissions
from booking.domain.permissions import Action, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals

tours = Blueprint("tours", __name__, url_prefix="/tours")

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    service.TourRefused: "",
    ReasonMissing: "reason",
    service.TourNotOpen: "",
    service.StopNotOpen: "",
    service.TimeTaken: "",
    service.LeaderNotAgreed: "",
    service.KitRefused: "",
    service.StopsToCome: "",
}


def of_a_tour(action: Action) -> Callable[..., Any]:
    """Admit people who may do `action` at the school that leads the tour at this address."""
    return requires(action, load=queries.by_slug, scope=_of_leading_school, name="tour")


def _of_leading_school(tour: Tour) -> Scope:
    return Scope(tour.leading_school_id)


def of_a_stop(action: Action) -> Callable[..., Any]:
    """Admit people who may do `action` at the school that leads the tour of this stop."""
    return requires(
        action,
        load=load_stop,
        scope=lambda stop: Scope(stop.tour.leading_school_id),
        name="stop",
    )


def load_stop(slug: str, public_id: str) -> TourStop | None:
    """Return the stop at this address, if it is one of that tour."""
    stop = queries.stop_by_public_id(public_id)
    return stop if stop is not None and stop.tour.slug == slug else None


def load_leader(slug: str, public_id: str) -> TourLeader | None:
    """Return the leader at this address, if it is one of that tour."""
    leader = queries.leader_by_public_id(public_id)
    return leader if leader is not None and leader.tour.slug == slug else None


def may(action: Action, school_id: int | None = None) -> bool:
    """Return whether the person signed in may do `action` at a school, or at any."""
    scope = None if school_id is None else Scope(school_id)
    return current_user.is_authenticated and permissions.may(current_user.actor, action, scope)


def address(tour: Tour, view: str = "show") -> str:
    """Return the address of one of a tour's pages."""
    return url_for(f"tours.{view}", slug=tour.slug)

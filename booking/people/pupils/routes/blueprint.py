"""Where the pages about pupils live, and how an address finds one pupil."""

from typing import Any

from flask import Blueprint

from booking.domain.permissions import Scope
from booking.people.pupils import queries
from booking.people.pupils.models import Pupil

pupils = Blueprint("pupils", __name__, url_prefix="/school/pupils")


def on_the_list(**url_parts: Any) -> Pupil | None:
    """Return a pupil who has not left."""
    pupil = queries.by_public_id(url_parts["public_id"])
    return pupil if pupil is not None and pupil.left_at is None else None


def known(**url_parts: Any) -> Pupil | None:
    """Return a pupil, whether or not they have left."""
    return queries.by_public_id(url_parts["public_id"])


def own_school(pupil: Pupil) -> Scope:
    """Return what a pupil belongs to: only their school."""
    return Scope(school_id=pupil.school_id)

"""Which school the signed-in coordinator is acting for: some coordinate for several."""

from flask import abort, session
from flask_login import current_user

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.people.schools import queries
from booking.people.schools.details import SchoolLine
from booking.people.schools.models import School

KEY = "acting_school_id"


def school() -> School:
    """Return the school the coordinator has chosen, by default the first; 404 without one."""
    found = db.session.get(School, school_id())
    assert found is not None, "a role names a school that does not exist"
    return found


def line() -> SchoolLine:
    """Return the same school as a plain row, for the most visited page."""
    return queries.school_line(school_id())


def school_id() -> int:
    """Return the id of the school the coordinator has chosen; 404 when there is none."""
    ids = school_ids()
    if not ids:
        abort(404)
    chosen = session.get(KEY)
    return chosen if chosen in ids else ids[0]


def school_ids() -> tuple[int, ...]:
    """Return the ids of the schools that the person signed in may act for."""
    actor = getattr(current_user, "actor", None)
    return actor.school_ids(Role.COORDINATOR) if actor is not None else ()


def choices() -> list[School]:
    """Return the schools to choose from; empty when there is nothing to choose."""
    ids = school_ids()
    return queries.schools_by_id(ids) if len(ids) > 1 else []


def choose(slug: str) -> School:
    """Switch to another of the person's schools; 404 when it is not one of them."""
    found = queries.school_by_slug(slug)
    if found is None or found.id not in school_ids():
        abort(404)
    session[KEY] = found.id
    return found

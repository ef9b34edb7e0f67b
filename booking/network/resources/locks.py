"""Lock a resource, or what is said about it, before anything changes."""

from typing import TypeVar

from sqlalchemy import select

from booking.foundation.db import Model, db
from booking.network.resources.models import Resource, ResourceProblem, TriedNote

Row = TypeVar("Row", bound=Model)


def resource(resource_id: int) -> Resource:
    """Return a resource as it is now, locked: its versions are numbered one after another."""
    return _locked(Resource, resource_id)


def note(note_id: int) -> TriedNote:
    """Return a note as it is now, locked."""
    return _locked(TriedNote, note_id)


def problem(problem_id: int) -> ResourceProblem:
    """Return a problem as it is now, locked."""
    return _locked(ResourceProblem, problem_id)


def _locked(model: type[Row], id_: int) -> Row:
    found = select(model).where(model.id == id_)  # type: ignore[attr-defined]
    return db.session.scalars(
        found.with_for_update().execution_options(populate_existing=True)
    ).one()

"""The blueprint for resources, and how its addresses find one, a note or a problem."""

from functools import wraps
from typing import Any

from flask import Blueprint, abort, current_app, url_for
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation.files.imports import BYTES_MAX
from booking.foundation.files.refusals import FileNotTaken, ShelfIsFull, TooManyFiles
from booking.foundation.web import uploads
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.network.resources import queries, service, shelf, words
from booking.network.resources.forms import OwnSchoolField
from booking.network.resources.models import Resource, ResourceProblem, TriedNote
from booking.people.schools import queries as school_queries

resources = Blueprint("resources", __name__)
# A file that is too large is refused in words.
uploads.admit(resources, {"resources.add", "resources.add_version"}, bytes_max=2 * BYTES_MAX)

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    service.ResourceRefused: "",
    service.NotTheirSchool: "school_id",
    service.ResourceWithdrawn: "",
    service.ResourceStands: "",
    service.OwnResource: "",
    service.NoteHidden: "",
    service.ProblemSettled: "",
    ReasonMissing: "word",
    FileNotTaken: "file",
    ShelfIsFull: "file",
    TooManyFiles: "file",
}
_MB = 1024 * 1024


def load_readable(public_id: str) -> Resource | None:
    """Return the resource at an address, if the person signed in may read it."""
    found = queries.by_public_id(public_id)
    return found if found is not None and shelf.may_read(found, current_user.actor) else None


def load_note(public_id: str) -> TriedNote | None:
    """Return the note at an address."""
    return queries.note(public_id)


def load_problem(public_id: str) -> ResourceProblem | None:
    """Return the problem at an address."""
    return queries.problem(public_id)


def note_scope(note: TriedNote) -> Scope:
    """Return what a note belongs to: whoever wrote it."""
    return Scope(person_id=note.author_id)


def whole_network(_row: Any) -> Scope:
    """Return what the lead looks after."""
    return Scope()


def of_a_resource(view: Any) -> Any:
    """Admit whoever may read the resource at an address."""

    @requires(Action.SEE_NETWORK_LIFE)
    @wraps(view)
    def found(public_id: str) -> Any:
        return view(resource=load_readable(public_id) or abort(404))

    return found


def of_a_kept_resource(view: Any) -> Any:
    """Admit whoever looks after the resource at an address."""
    return requires(
        Action.KEEP_RESOURCE, load=load_readable, scope=shelf.scope_of, name="resource"
    )(view)


def offer_schools(field: OwnSchoolField) -> None:
    """Let the person signed in choose for which of their schools they speak."""
    actor = current_user.actor
    own = school_queries.schools_by_id(tuple(sorted(actor.schools())))
    speaks = not own or permissions.may(actor, Action.RUN_NETWORK)
    besides = queries.institution_of(actor.person_id) or words.NO_SCHOOL
    field.offer(own, besides=besides if speaks else "")


def address_of(resource: Resource) -> str:
    """Return the address of a resource's page."""
    return url_for("resources.show", public_id=resource.public_id)


def quota() -> int:
    """Return how many bytes a school's files may take up."""
    return int(current_app.config["FILES_MB_PER_SCHOOL"]) * _MB

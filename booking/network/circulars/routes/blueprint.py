"""The blueprint, and how its addresses find a circular."""

from typing import Any

from flask import Blueprint
from flask_login import current_user

from booking.domain.permissions import Action, Scope
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.network.circulars import queries, service
from booking.network.circulars.details import speaker_of
from booking.network.circulars.models import Circular

circulars = Blueprint("circulars", __name__)

#: Which field a refusal is shown beside; the others go at the top.
REFUSALS: Refusals = {
    service.CircularRefused: "",
    service.AlreadySent: "",
    service.NoReaders: "",
    service.TooHeavy: "",
    service.TooManyTemplates: "",
    service.TooSoon: "at",
    service.BadTime: "at",
}


def load_circular(public_id: str) -> Circular | None:
    """Return the circular at this address, if the person signed in may write to its readers."""
    return queries.by_public_id(public_id, current_user.actor)


def scope_of(circular: Circular) -> Scope:
    """Return for whom a circular was written."""
    return speaker_of(circular).scope


def of_a_circular(view: Any) -> Any:
    """Admit people who may write to the readers of the circular at this address."""
    return requires(Action.WRITE_CIRCULARS, load=load_circular, scope=scope_of, name="circular")(
        view
    )

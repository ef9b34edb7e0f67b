"""Where the pages live, and the second look that they ask for before anything is given out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import Blueprint, request, session
from flask_login import current_user

from booking.domain import limits
from booking.foundation import clock
from booking.foundation.web import throttle
from booking.people.schools.routes import account
from booking.rights.subjects.forms import LookAgainForm

subjects = Blueprint("subjects", __name__)

#: How long the files can be fetched once the password was given.
OPEN_FOR = timedelta(minutes=10)
_LOOKED = "everything"


def looked_again(form: LookAgainForm) -> bool:
    """Return whether the password is right; a wrong one is refused beside its field."""
    if not form.validate_on_submit():
        return False
    throttle.count(limits.EVERYTHING, str(current_user.person_id))
    return account.proves_password(form, "password", current_user.email)


def open_files(path: str, found: Sequence[tuple[str, int]] = ()) -> None:
    """Let the files of a page be fetched for a while; `found` are the rows that they are of."""
    until = clock.now() + OPEN_FOR
    session[_LOOKED] = {"path": path, "until": until.isoformat(), "found": list(found)}


def close_files() -> None:
    """Let nothing be fetched any more: a name that was looked for goes with it."""
    session.pop(_LOOKED, None)


def opened(path: str) -> list[tuple[str, int]] | None:
    """Return the rows whose files may be fetched from a page now; None if they may not."""
    kept = session.get(_LOOKED)
    if not kept or kept["path"] != path:
        return None
    if datetime.fromisoformat(kept["until"]) <= clock.now():
        return None
    return [(kind, row_id) for kind, row_id in kept["found"]]


def asked_kind() -> str:
    """Return whether the file is asked for as PDF or as JSON."""
    return "pdf" if request.args.get("as") == "pdf" else "json"

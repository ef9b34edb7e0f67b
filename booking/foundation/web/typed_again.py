"""A form that came after its session had ended: nothing is done, and nothing typed is lost.

Such a form is shown again as it was filled in, and the person presses the button again. Whoever has
to sign in first carries what was typed along in the sign-in page, encrypted and for that person
alone: nothing is stored here. Passwords and files are never kept.

The form's old token proves that the form was on a page of ours, and says whose session it was. It
lets nothing happen: while a form is shown again, no transaction can be opened.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import BadRequest

from booking.foundation import clock
from booking.foundation.db import OnlyReading, only_reading
from booking.foundation.encryption import CannotDecrypt, field_keys
from booking.foundation.ports import Socket
from booking.foundation.web import errors, once, redirects, sessions, watching
from booking.foundation.web.origins import SAFE

#: How long what was typed is carried along.
KEPT_FOR = timedelta(hours=1)
#: How much is carried along, in characters; a long event has about ten thousand.
KEPT_MAX = 200_000
#: Names of fields that are never carried along: passwords, old and new.
NEVER_KEPT = {"password", "current", "again"}
#: Sets what is kept here apart from everything else that the same key encrypts.
PURPOSE = "typed before signing in"
#: Addresses of one's own account, where passwords are typed.
ACCOUNT = "account."


@dataclass(frozen=True)
class Typed:
    """What somebody had typed into a form before signing in again."""

    #: Where the form was sent.
    to: str
    fields: Sequence[tuple[str, str]]
    #: Whether a file was chosen as well, which is not kept.
    had_file: bool = False


class NotKept(ValueError):
    """What was typed cannot be given back: it is another person's, or too old."""


@Socket
def sign_in_page(kept: str) -> ResponseReturnValue:
    """Return the page to sign in on, which carries what was typed along."""
    raise NotImplementedError


@Socket
def page_to_ask(kept: str) -> ResponseReturnValue:
    """Return the page where somebody signed in shows again who they are; it carries `kept`."""
    raise NotImplementedError


def ask_who(owner: int) -> ResponseReturnValue:
    """Ask who is signed in to show it again, and keep what they have typed meanwhile."""
    fields = _fields()
    if request.method in SAFE or not _was_typed(fields):
        return page_to_ask("")
    kept = _kept(owner, fields)
    if not kept:
        flash("What you sent is too long to be kept. Go back and send it again.", "warning")
    return page_to_ask(kept)


def init_app(app: Flask) -> None:
    """Answer forms whose token no longer fits."""
    app.register_error_handler(CSRFError, _answer)


def is_shown() -> bool:
    """Return whether a form is only being shown again, whatever it asks for."""
    return bool(g.get("shown_again"))


def opened(kept: str, *, person_id: int, now: datetime) -> Typed:
    """Return what was kept for this person. Raises NotKept."""
    try:
        found = json.loads(field_keys.decrypt(kept, PURPOSE))
        at = datetime.fromisoformat(found["at"])
    except (CannotDecrypt, ValueError, KeyError, TypeError) as error:
        raise NotKept("What you had typed could not be kept.") from error
    if found.get("purpose") != PURPOSE or found["owner"] != person_id:
        raise NotKept("What had been typed on the last page was not yours, so it was not kept.")
    if now - at > KEPT_FOR:
        raise NotKept("What you had typed was kept for an hour, and is gone.")
    fields = [(str(name), str(value)) for name, value in found["fields"]]
    return Typed(str(found["to"]), fields, bool(found["had_file"]))


def _answer(error: CSRFError) -> Any:
    """Show the form again, ask to sign in first, or refuse a form that we do not know."""
    token = _signed_token()
    if not token:
        return _refuse()
    view = current_app.view_functions[request.endpoint or ""]
    access = str(getattr(view, "access", ""))
    if access == "public" or access.startswith("token:"):
        return _show()
    owner = sessions.owner_of(token)
    if owner is None or current_user.person_id not in (None, owner):
        return _refuse()
    return _show() if current_user.is_authenticated else _ask_to_sign_in(owner)


def _refuse() -> Any:
    watching.forged("no_token")
    return errors.page(400)


def _signed_token() -> str:
    """Return the session's token in a form that one of our pages sent; "" if there is none."""
    serializer = URLSafeTimedSerializer(str(current_app.secret_key), salt="wtf-csrf-token")
    sent = request.form.get(sessions.FORM_TOKEN, "")
    try:
        return str(serializer.loads(sent, max_age=int(once.KEPT.total_seconds())))
    except BadData:
        return ""


def _show() -> Any:
    """Run the view as far as its page, with what was sent; nothing can be done meanwhile."""
    g.shown_again = True
    words = "This page was open for too long, so nothing has been saved yet. "
    if not _was_typed(_fields()):
        return _press_again(words)
    try:
        with only_reading():
            flash(f"{words}{_still_here()}", "warning")
            return current_app.dispatch_request()
    except (OnlyReading, BadRequest):
        return _press_again(words)
    except Exception as error:  # noqa: BLE001 - whatever a view ends in has a page of its own
        return current_app.handle_user_exception(error)


def _press_again(words: str) -> ResponseReturnValue:
    flash(f"{words}Please press the button again.", "warning")
    return redirects.see(page_of_the_form())


def _fields() -> list[tuple[str, str]]:
    """Return what was sent, without passwords."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name.rpartition("-")[2] not in NEVER_KEPT
    ]


def _was_typed(fields: Sequence[tuple[str, str]]) -> bool:
    """Return whether there is anything that a person could miss."""
    return _had_file() or any(value for name, value in fields if name not in once.NOT_CONTENTS)


def _still_here() -> str:
    file = " Choose the file again." if _had_file() else ""
    return f"What you typed is still here: look through it, then press the button again.{file}"


def _had_file() -> bool:
    return any(file.filename for file in request.files.values())


def page_of_the_form() -> str:
    """Return where the form stands: at its own address, or on the page that sent it."""
    own = once.own_page()
    sent_from = urlsplit(request.referrer or "")
    if own == "/" and sent_from.netloc == request.host and redirects.is_local_path(sent_from.path):
        return sent_from.path
    return own


def _ask_to_sign_in(owner: int) -> ResponseReturnValue:
    fields = _fields()
    if (request.endpoint or "").startswith(ACCOUNT) or not _was_typed(fields):
        flash("You had been signed out, so nothing was done. Sign in, then try again.", "warning")
        return sign_in_page("")
    kept = _kept(owner, fields)
    if not kept:
        flash("You had been signed out, and what you sent is too long to be kept.", "warning")
        return sign_in_page("")
    flash(
        "You had been signed out, so nothing has been saved yet. Sign in: what you typed is kept "
        "meanwhile.",
        "warning",
    )
    return sign_in_page(kept)


def _kept(owner: int, fields: Sequence[tuple[str, str]]) -> str:
    """Return what was typed, encrypted for its owner; "" if it is too long."""
    text = json.dumps(
        {
            "purpose": PURPOSE,
            "owner": owner,
            "at": clock.now().isoformat(),
            "to": request.full_path.rstrip("?"),
            "fields": fields,
            "had_file": _had_file(),
        }
    )
    return "" if len(text) > KEPT_MAX else field_keys.encrypt(text.encode(), PURPOSE)

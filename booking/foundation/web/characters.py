"""Refuses the one character that no database keeps as text: NUL. Nobody types it.

PostgreSQL accepts no text that contains one, and SQLite's own tools end a text there, so every
request is checked first: its address, its filters and its fields.
"""

from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict

NUL = "\0"
IN_QUERY = (b"%00", b"\0")
#: Anything else that is sent is read by its own route, as far as that needs it.
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def init_app(app: Flask) -> None:
    """Check every request."""
    app.before_request(refuse_nul)


def refuse_nul() -> None:
    """Answer 404 if the address contains a NUL, and 400 if a filter or a field does."""
    if NUL in request.path:
        abort(404)
    if any(mark in request.query_string for mark in IN_QUERY):
        abort(400)
    if request.mimetype in FORMS and _has_nul(request.form):
        abort(400)


def _has_nul(fields: MultiDict[str, str]) -> bool:
    return any(NUL in name or NUL in text for name, text in fields.items(multi=True))

"""Flask itself, with additions: it tries again when the database asks, answers outages of the
database wherever they strike, and caches static files."""

import logging
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, has_request_context, request
from flask.typing import ResponseReturnValue

from booking.foundation import outages
from booking.foundation.db import db, retrying
from booking.foundation.tokens import new_public_id
from booking.foundation.web import errors, static_files
from booking.foundation.web.headers import FILES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)
#: How many addresses of views are kept; each takes about 200 bytes.
ADDRESSES_MAX = 10_000


class Fairplace(Flask):
    """A request is one transaction, so all of it may be run again when the database asks for it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Start with no remembered addresses."""
        super().__init__(*arguments, **options)
        self._addresses: dict[tuple[Any, ...], str] = {}

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request, which waits for others' locks only so long in all.

        The answer says the request's number, also if it comes from memory.
        """
        number = environ[errors.NUMBER] = new_public_id()

        def numbered(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("X-Request-Id", number)], *rest)

        with outages.patience(outages.REQUEST_SECONDS):
            return super().__call__(environ, numbered)

    def handle_exception(self, e: Exception) -> Response:
        """Answer an outage that no error handler saw: in saving a session, or in a handler."""
        if not outages.is_outage(e):
            return super().handle_exception(e)
        return self.finalize_request(errors.unavailable(e), from_error_handler=True)

    def do_teardown_appcontext(self, *exc: BaseException | None) -> None:
        """Close the database's session; what fails then is no concern of whoever was answered."""
        try:
            super().do_teardown_appcontext(*exc)
        except outages.TROUBLE as error:
            if not outages.is_outage(error):
                raise
            db.session.registry.clear()  # otherwise a later request could be given this session
            log.warning("the database's session did not close: %s", outages.cause(error))

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; at most RETRIES_MAX times."""
        view: Callable[[], ResponseReturnValue] = super().dispatch_request
        return retrying(view)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Return the address of a view, from memory if it has been asked for before.

        A page links to a hundred others. Secrets are not remembered, nor are files, whose address
        may change.
        """
        if not has_request_context() or endpoint in FILES or endpoint[:1] == ".":
            return super().url_for(endpoint, **values)
        key: tuple[Any, ...] = (request.environ.get("SCRIPT_NAME", ""), endpoint)
        for name, value in values.items():
            if value is None:
                continue
            if not _may_be_kept(name) or type(value) not in (str, int):
                return super().url_for(endpoint, **values)
            key += (name, str(value))
        known = self._addresses
        if key not in known:
            if len(known) >= ADDRESSES_MAX:
                known.clear()
            known[key] = super().url_for(endpoint, **values)
        return known[key]

    def get_send_file_max_age(self, filename: str | None) -> int | None:
        """Let browsers keep a static file for a year when its address names its version."""
        if static_files.VERSION in request.args:
            return static_files.YEAR_SECONDS
        return super().get_send_file_max_age(filename)


@cache
def _may_be_kept(name: str) -> bool:
    """Return whether a part of an address is plain: not a secret or one of Flask's options."""
    return name == "_anchor" or not (name.startswith("_") or "token" in name)

"""Flask itself: "try again" is answered by trying again, and a named version is kept."""

from collections.abc import Callable
from functools import cache
from typing import Any

from flask import Flask, has_request_context, request
from flask.typing import ResponseReturnValue

from booking.foundation.db import retrying
from booking.foundation.web import static_files
from booking.foundation.web.headers import FILES

#: How many addresses of views are kept; each takes about 200 bytes.
ADDRESSES_MAX = 10_000


class Fairplace(Flask):
    """A request is one transaction, so it may be run again whole when the database says so."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Begin with no address known."""
        super().__init__(*arguments, **options)
        self._addresses: dict[tuple[Any, ...], str] = {}

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; at most RETRIES_MAX times."""
        view: Callable[[], ResponseReturnValue] = super().dispatch_request
        return retrying(view)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Return the address of a view: from memory where it was asked for before.

        A page links to a hundred others. Secrets are not kept, and a file's address may change.
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
        """Let a static file be kept for a year when its address names its version."""
        if static_files.VERSION in request.args:
            return static_files.YEAR_SECONDS
        return super().get_send_file_max_age(filename)


@cache
def _may_be_kept(name: str) -> bool:
    """Say whether a part of an address is a plain one: no secret, and none of Flask's options."""
    return name == "_anchor" or not (name.startswith("_") or "token" in name)

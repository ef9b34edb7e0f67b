"""Flask itself: "try again" is answered by trying again, and a named version is kept."""

from collections.abc import Callable

from flask import Flask, request
from flask.typing import ResponseReturnValue

from booking.db import retrying
from booking.web import static_files


class Fairplace(Flask):
    """A request is one transaction, so it may be run again whole when the database says so."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; at most RETRIES_MAX times."""
        view: Callable[[], ResponseReturnValue] = super().dispatch_request
        return retrying(view)

    def get_send_file_max_age(self, filename: str | None) -> int | None:
        """Let a static file be kept for a year when its address names its version."""
        if static_files.VERSION in request.args:
            return static_files.YEAR_SECONDS
        return super().get_send_file_max_age(filename)

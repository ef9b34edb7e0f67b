"""Flask itself, with PostgreSQL's "try again" answered by trying again."""

from collections.abc import Callable

from flask import Flask
from flask.typing import ResponseReturnValue

from booking.db import retrying


class Fairplace(Flask):
    """A request is one transaction, so it may be run again whole when the database says so."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view; at most RETRIES_MAX times."""
        view: Callable[[], ResponseReturnValue] = super().dispatch_request
        return retrying(view)

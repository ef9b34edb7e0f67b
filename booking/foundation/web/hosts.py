"""Answers only to the site's own name: what a request calls us ends in no link, and on no paper.

Whoever asks for another name gets the page for 400. A container's check and a balancer of load ask
by number, so the views that tell whether the site is well answer to any name; they link to nothing.
"""

import ipaddress
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

from booking.foundation.web import watching

View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Check the name in every request."""
    app.before_request(refuse_other_names)


def any_name(view: View) -> View:
    """Mark a view that answers whatever name it is asked by."""
    view.any_name = True  # type: ignore[attr-defined]
    return view


def refuse_other_names() -> None:
    """Answer 400 to a request for a site that is not ours."""
    view = current_app.view_functions.get(request.endpoint or "")
    if not getattr(view, "any_name", False) and not is_ours(current_app, request.host):
        watching.forged("other_name")
        abort(400)


def is_ours(app: Flask, host: str) -> bool:
    """Return whether this is the name in BASE_URL, with any port.

    Outside production the machine's own names and any number will do: people try the site from a
    telephone beside them.
    """
    name = _name(host)
    if name == urlsplit(str(app.config["BASE_URL"])).hostname:
        return True
    return app.config["APP_ENV"] != "production" and (name == "localhost" or _is_number(name))


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _is_number(name: str | None) -> bool:
    try:
        return bool(ipaddress.ip_address(name or ""))
    except ValueError:
        return False

"""The blueprint for calendars, and the addresses that its pages show."""

from typing import Any

from flask import Blueprint, Response, render_template, url_for

from booking.foundation.notifications.render import base_url
from booking.on_the_day.calendars.routes import links

calendars = Blueprint("calendars", __name__)


def absolute(endpoint: str, **parts: Any) -> str:
    """Return the full address of a route, beginning with the configured one."""
    return base_url() + url_for(endpoint, **parts)


def address_page(label: str, token: str, *, back: str, is_parent: bool = False) -> Response:
    """Show a private address once, in the answer itself: it is not stored anywhere."""
    ways = links.ways(absolute("calendars.feed", token=token), label)
    page = render_template(
        "on_the_day/calendars/address.html",
        label=label,
        ways=ways,
        reachable=links.is_reachable(ways.url),
        picture=links.picture(ways.webcal),
        back=back,
        is_parent=is_parent,
    )
    response = Response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response

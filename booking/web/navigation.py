"""The navigation of each role, in one place."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action

#: (label, endpoint, action)
SECTIONS = (
    ("My school", "school.home", Action.REQUEST_PLACES),
    ("Hosting", "host.home", Action.SEE_EVENT_WORK),
    ("Fund", "fund.home", Action.SEE_FUND),
    ("Network", "admin.home", Action.SEE_NETWORK),
)


@dataclass(frozen=True)
class Link:
    """One link of the navigation."""

    label: str
    url: str
    current: bool


def init_app(app: Flask) -> None:
    """Make `navigation()` available to templates."""
    app.jinja_env.globals["navigation"] = links


def links() -> list[Link]:
    """Return the sections that the person signed in may use, after the public listing."""
    found = [_link("Events", "events.listing")]
    if current_user.is_authenticated:
        found += [
            _link(label, endpoint)
            for label, endpoint, action in SECTIONS
            if permissions.may(current_user.actor, action)
        ]
    return found


def _link(label: str, endpoint: str) -> Link:
    url = url_for(endpoint)
    here = request.path
    return Link(label, url, here == url if url == "/" else here.startswith(url))

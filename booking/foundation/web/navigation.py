"""The navigation of each role, in one place."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action

#: (label, endpoint, action)
SECTIONS = (
    ("My school", "school.home", Action.REQUEST_PLACES),
    ("Hosting", "host.home", Action.SEE_EVENT_WORK),
    ("CPD", "bids.home", Action.BID),
    ("Meetings", "meetings.listing", Action.SEE_MEETINGS),
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
    sections = [("Events", "events.listing")]
    if current_user.is_authenticated:
        sections += [
            (label, endpoint)
            for label, endpoint, action in SECTIONS
            if permissions.may(current_user.actor, action)
        ]
    # A section is there when its feature is (see booking/features.py).
    return [_link(*section) for section in sections if section[1] in current_app.view_functions]


def _link(label: str, endpoint: str) -> Link:
    url = url_for(endpoint)
    here = request.path
    return Link(label, url, here == url if url == "/" else here.startswith(url))

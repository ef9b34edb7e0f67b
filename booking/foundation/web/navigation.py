"""Links to features' pages: sections at the top of every page, doors on home pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from flask import Flask, request, url_for
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action
from booking.foundation.ports import Port


@dataclass(frozen=True)
class Section:
    """A part of the site, shown in the navigation to people who may use it."""

    label: str
    endpoint: str
    #: People who may do this see it; None means everybody.
    action: Action | None = None
    #: People who may do this find it on the page of another section.
    found_by: Action | None = None
    #: Pages elsewhere that belong to it, with all below them, by endpoint.
    pages: Sequence[str] = ()


@dataclass(frozen=True)
class Door:
    """A page that a home page links to, and a hint about it."""

    label: str
    endpoint: str
    hint: str = ""


@dataclass(frozen=True)
class Link:
    """One link of the navigation."""

    label: str
    url: str
    current: bool


@Port
def sections() -> Section | None:
    """Return a feature's section."""


@Port
def school_doors() -> Sequence[Door] | None:
    """Return what a school looks after besides events, for its coordinator's home page."""


@Port
def network_doors() -> Sequence[Door] | None:
    """Return what the lead looks after, for the network's home page."""


def init_app(app: Flask) -> None:
    """Make sections and doors available to templates."""
    app.jinja_env.globals["navigation"] = links
    app.jinja_env.globals["school_doors"] = lambda: chain.from_iterable(school_doors())
    app.jinja_env.globals["network_doors"] = lambda: chain.from_iterable(network_doors())


def links() -> list[Link]:
    """Return the sections that the person signed in may use, those for everybody first."""
    return [_link(section) for section in sections() if _may_see(section)]


def _may_see(section: Section) -> bool:
    if section.action is None:
        return True
    if not current_user.is_authenticated:
        return False
    actor = current_user.actor
    elsewhere = section.found_by is not None and permissions.may(actor, section.found_by)
    return permissions.may(actor, section.action) and not elsewhere


def _link(section: Section) -> Link:
    url = url_for(section.endpoint)
    here = request.path
    if url == "/":
        return Link(section.label, url, here == url)
    within = (url, *(url_for(page) for page in section.pages))
    return Link(section.label, url, here.startswith(within))

"""Where an event's page shows its materials, and other pages that there are resources."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.events.ports import Panel
from booking.domain import english, permissions
from booking.domain.permissions import Action, Actor
from booking.foundation.web.network_life import FoundTitle, WhatIsNew
from booking.network.resources import queries, words
from booking.network.resources.models import Resource

_KIND = "Resource"


def for_members(**_facts: Any) -> Panel | None:
    """Return the way from the listing of events to the resources, for those who may read them."""
    if not current_user.is_authenticated:
        return None
    if not permissions.may(current_user.actor, Action.SEE_NETWORK_LIFE):
        return None
    return Panel("network/resources/_for_members.html")


def of_event(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the materials of the day, for those who see network life."""
    if not permissions.may(actor, Action.SEE_NETWORK_LIFE):
        return None
    found = queries.materials(event.id)
    if not found:
        return None
    return Panel("network/resources/_of_event.html", {"materials": found, "words": words})


def what_is_new(*, actor: Actor, now: datetime, since: datetime) -> list[WhatIsNew]:
    """Return the resources that came, or have a new version, since then, newest first."""
    return [
        WhatIsNew(one.title, _KIND, one.changed_at, _url(one))
        for one in queries.newest()
        if one.changed_at > since
    ]


def found(*, actor: Actor, text: str) -> list[FoundTitle]:
    """Return the resources that a search in their own list would begin with."""
    return [FoundTitle(one.title, _KIND, _url(one)) for one in queries.first_found(text, actor)]


def what_becomes(*, person_id: int) -> list[str]:
    """Return that what somebody shared stays, without their name, for the page to leave."""
    shared, said = queries.written_by(person_id)
    counted = ((shared, "resource", "that you shared"), (said, "note", "about resources"))
    return [
        f"{english.plural(number, one)} {what} {english.agree(number, 'stays', 'stay')}, without "
        "your name."
        for number, one, what in counted
        if number
    ]


def _url(resource: Resource) -> str:
    return url_for("resources.show", public_id=resource.public_id)

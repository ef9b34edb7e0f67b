"""What the directory tells other pages: what is new or found, who helps with what,
and what goes when somebody leaves."""

from collections.abc import Collection, Sequence
from datetime import datetime

from flask import url_for

from booking.domain import english
from booking.domain.permissions import Actor
from booking.foundation.web.network_life import FoundTitle, HelpedArea, WhatIsNew
from booking.network.directory import queries, words
from booking.network.directory.models import Expertise

_KIND = "Who can help"


def what_is_new(*, actor: Actor, now: datetime, since: datetime) -> list[WhatIsNew]:
    """Return the offers that were listed since then, newest first."""
    return [
        WhatIsNew(_title(offer), _KIND, offer.moved_at, _url(offer))
        for offer in queries.listed_since(since, actor)
    ]


def found(*, actor: Actor, text: str) -> list[FoundTitle]:
    """Return the listed offers whose person or area has these words."""
    return [
        FoundTitle(_title(offer), _KIND, _url(offer))
        for offer in queries.found_by_name(text, actor)
    ]


def what_becomes(*, person_id: int) -> list[str]:
    """Return that what somebody offers is withdrawn, for the page to leave."""
    offered = queries.standing_of(person_id)
    if not offered:
        return []
    offers = english.agree(offered, "Your offer to help is", "Your offers to help are")
    return [f"{offers} withdrawn, and schools that wait for you are told."]


def helped_areas() -> Sequence[HelpedArea]:
    """Return the areas of the lead's list, by name."""
    return [HelpedArea(area.public_id, area.name) for area in queries.areas()]


def helps_with(*, actor: Actor) -> Collection[str]:
    """Return the keys of the areas in which somebody is listed."""
    return queries.listed_areas(actor.person_id) if actor.person_id is not None else ()


def _title(offer: Expertise) -> str:
    return f"{offer.person.name}: {words.areas(offer)}"


def _url(offer: Expertise) -> str:
    return url_for("directory.show", public_id=offer.public_id)

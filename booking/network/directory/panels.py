"""What the directory tells other pages: what goes when one leaves, and who helps with what."""

from collections.abc import Collection, Sequence

from booking.domain import english
from booking.domain.permissions import Actor
from booking.foundation.web.network_life import HelpedArea
from booking.network.directory import queries


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

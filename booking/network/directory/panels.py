"""What other pages show of the directory."""

from booking.domain import english
from booking.network.directory import queries


def what_becomes(*, person_id: int) -> list[str]:
    """Return that what somebody offers is withdrawn, for the page to leave."""
    offered = queries.standing_of(person_id)
    if not offered:
        return []
    offers = english.agree(offered, "Your offer to help is", "Your offers to help are")
    return [f"{offers} withdrawn, and schools that wait for you are told."]

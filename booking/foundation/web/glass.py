"""What stands between those who oversee and what belongs to other schools' families."""

from flask import abort

from booking.domain.permissions import Actor
from booking.foundation.ports import Socket


@Socket
def way_in(actor: Actor, subject: object) -> str | None:
    """Return where somebody opens what they see only with a reason; None if it is open."""
    abort(404)

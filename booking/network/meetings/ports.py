"""Where higher features call meetings of their own: a circle is what such a meeting belongs to."""

from booking.domain.permissions import Actor
from booking.foundation.ports import Port


@Port
def circle_title(*, circle: str) -> str | None:
    """Return what a circle is called, as the end of "Everybody in …"."""


@Port
def keeps_circle(*, circle: str, actor: Actor) -> bool | None:
    """Return whether somebody may change and cancel the meetings of a circle."""

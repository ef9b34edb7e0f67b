"""A fee that parents have been asked for stays as it was published."""

from booking.days.events.details import EventDetails, details_of
from booking.days.events.models import Event
from booking.domain.problems import Problem
from booking.money.checkout.queries import replies

FEE_FIELDS = ("fee_kind", "fee_pence", "fee_parts")
FIXED = (
    "Parents have been invited already, so what is asked of them, and where it goes, "
    "stays as it was published."
)


def forbid_change(event: Event, details: EventDetails) -> list[Problem]:
    """Return why the fee cannot change once a parent has been invited: equal terms for all."""
    before = details_of(event)
    changed = [name for name in FEE_FIELDS if getattr(before, name) != getattr(details, name)]
    if not changed or not replies.has_invited(event.id):
        return []
    return [Problem(name, FIXED) for name in changed]

"""How long parents' private links, what undoes a move, and parents themselves are kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from booking.domain.keeping import families
from booking.foundation import chores
from booking.foundation.chores import RetentionRule, deleting
from booking.people.pupils.models import MovedPupil, Parent, ParentLink, YearMove


def rules() -> Sequence[RetentionRule]:
    """Return when links, and what a move changed, are deleted."""
    return (
        deleting(
            "parents' links",
            families.LINKS,
            ParentLink,
            lambda now: [ParentLink.expires_at <= families.LINKS.over(now)],
        ),
        deleting(
            "years and classes before pupils moved up",
            families.MOVES,
            MovedPupil,
            lambda now: [
                MovedPupil.move_id.in_(
                    select(YearMove.id).where(YearMove.moved_at <= families.MOVES.over(now))
                )
            ],
        ),
    )


def last_of_all() -> Sequence[RetentionRule]:
    """Return when parents go: once no child, booking, payment or mail has to do with them."""
    return (deleting("parents of nobody", families.PARENTS, Parent, _of_nobody),)


def _of_nobody(_now: datetime) -> list[Any]:
    return list(chores.unreferenced(Parent))

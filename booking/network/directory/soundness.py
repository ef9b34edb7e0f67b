"""What must be true of the directory: nobody is listed without a yes younger than a year."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import exists, select

from booking.domain import helping
from booking.domain.helping import ExpertiseState
from booking.foundation import clock
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.network.directory.models import Expertise, Nomination

#: The worker lets offers lapse once an hour, and may have been away.
LEEWAY = timedelta(days=2)


def checks() -> Sequence[Check]:
    """Return the check on nominations."""
    return (Check("Nobody is listed without a nomination younger than a year", _nominated),)


def _nominated() -> Iterable[str]:
    since = clock.now() - helping.LISTED_FOR - LEEWAY
    said = exists().where(
        Nomination.expertise_id == Expertise.id,
        Nomination.said_yes.is_(True),
        Nomination.closed_at > since,
    )
    found = select(Expertise.id).where(Expertise.state == ExpertiseState.LISTED, ~said)
    for id_ in db.session.scalars(found.order_by(Expertise.id)):
        yield f"offer {id_}: listed, and nobody has said yes within a year"

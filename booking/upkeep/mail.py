"""Mail to the leads about the running site: one a day at most."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from booking.domain.permissions import Role
from booking.domain.terms import london
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.upkeep.details import Sign

#: Tomorrow's mail says what is true tomorrow.
WORTH_SENDING = timedelta(days=1)


def tell_leads(wrong: Sequence[Sign], *, now: datetime) -> int:
    """Tell every lead what is wrong, if they have not been told today; return how many were."""
    told = 0
    for person in school_queries.people_with(Role.LEAD):
        told += (
            notifications.queue(
                key=f"unwell:{london(now):%Y-%m-%d}:person:{person.id}",
                to=person.email,
                template="site_unwell",
                now=now,
                keep_until=now + WORTH_SENDING,
                reply_to="",
                name=person.name,
                signs=wrong,
                action_url=render.absolute_url(addresses.RUNNING()),
                action_label="See how the site runs",
            )
            is not None
        )
    return told

"""Mail to the leads about the running site: once for each thing until it is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from booking.domain.permissions import Role
from booking.domain.terms import london
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import token_hash
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.upkeep.details import PROOF, Sign

#: Tomorrow's mail says what is true tomorrow.
WORTH_SENDING = timedelta(days=1)


def tell_leads(wrong: Sequence[Sign], *, now: datetime) -> int:
    """Tell every lead what is wrong, and auditors what was not proved; return how many were told.

    The same again is told on another day only: what comes and goes is no reason for more mail.
    """
    told = _tell(Role.LEAD, wrong, now)
    unproved = [sign for sign in wrong if sign.name == PROOF]
    return told + (_tell(Role.AUDITOR, unproved, now) if unproved else 0)


def _tell(role: Role, wrong: Sequence[Sign], now: datetime) -> int:
    told = 0
    which = token_hash(" ".join(f"{sign.key}:{sign.level.value}" for sign in wrong))[:16]
    for person in school_queries.people_with(role):
        told += (
            notifications.queue(
                key=f"unwell:{london(now):%Y-%m-%d}:{which}:person:{person.id}",
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

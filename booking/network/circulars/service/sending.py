"""What the worker does: find a circular's readers when its time has come, and queue their mail."""

from datetime import datetime
from itertools import groupby

from booking.domain import terms
from booking.domain.permissions import WORKER
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.network.circulars import locks, mail, queries
from booking.network.circulars.models import Circular, CircularCopy
from booking.people.schools import queries as school_queries

#: How many mails are queued in one transaction.
COPIES_PER_SWEEP = 100
#: How many readers get their one mail of the day in one transaction.
COLLECTED_PER_SWEEP = 500
#: The hour, on school days in London, from which the one mail of the day goes out.
COLLECTED_FROM_HOUR = 7


def address_due(*, now: datetime) -> int:
    """Write a copy for every reader of one circular whose time has come; return 1, or 0 if none."""
    for circular_id in db.session.scalars(queries.due(now).limit(1)):
        circular = locks.circular(circular_id)
        if circular is not None and circular.addressed_at is None:
            _address(circular, now=now)
        return 1
    return 0


def _address(circular: Circular, *, now: datetime) -> None:
    readers = queries.readers(circular)
    db.session.add_all(
        CircularCopy(
            circular_id=circular.id,
            person_id=reader.person_id,
            parent_id=reader.parent_id,
            booking_id=reader.booking_id,
            school_id=reader.school_id,
        )
        for reader in readers
    )
    circular.addressed_at = now
    audit.record(
        actor=WORKER,
        action="address_circular",
        subject=circular,
        school_id=circular.school_id,
        now=now,
        readers=len(readers),
    )


def send_copies(*, now: datetime) -> int:
    """Queue the mail of some copies that do not wait; return how many."""
    found = _waiting(may_wait=False, limit=COPIES_PER_SWEEP)
    for copy, outgoing in found:
        mail.send(outgoing, copy, now=now)
    return len(found)


def _waiting(*, may_wait: bool, limit: int) -> list[tuple[CircularCopy, mail.OutgoingCircular]]:
    """Return some copies that no mail carries yet; those of one circular share what is outgoing."""
    found = locks.copies(may_wait=may_wait, limit=limit)
    outgoing = {circular.id: mail.OutgoingCircular(circular) for _, circular in found}
    return [(copy, outgoing[circular.id]) for copy, circular in found]


def send_collected(*, now: datetime) -> int:
    """Queue the one mail of the day of some readers, on a school day from seven; return how many.

    What comes later in the day waits for the next school day.
    """
    here = terms.london(now)
    calendar = school_queries.calendar(None)
    if here.hour < COLLECTED_FROM_HOUR or not terms.is_school_day(calendar, here.date()):
        return 0
    waiting = _waiting(may_wait=True, limit=COLLECTED_PER_SWEEP)
    by_person = sorted(waiting, key=lambda found: (found[0].person_id or 0, found[0].id))
    for person, copies in groupby(by_person, key=lambda found: found[0].person):
        assert person is not None, "families' circulars do not wait"
        mail.send_together(person, list(copies), on=here.date(), now=now)
    return len(waiting)

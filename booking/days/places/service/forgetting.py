"""Takes the names off what has been: of pupils whose time is over, and of who asks for it.

A booking keeps its place, its money and what came of it. Only its pupil becomes one without a name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import contains_eager

from booking.days.events import states as event_states
from booking.days.places import ports, queries
from booking.days.places.models import Booking
from booking.days.places.refusals import StillComing
from booking.domain import terms
from booking.domain.booking_states import LIVE
from booking.domain.keeping import families, others
from booking.domain.permissions import Actor
from booking.foundation import chores
from booking.foundation.audit import erasures
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Parent, ParentLink, Pupil

#: Of each kind of row at once; a family has few.
ALL = 10_000
#: What goes at once from bookings that have lost their name.
WITHOUT_A_NAME = (
    *(families.SIGNATURES, families.NEEDS, families.ASKED, families.ASKED_AGAIN),
    *(families.LATE_CHANGES, families.CALLS, families.REGISTER, families.OBJECTIONS),
    *(others.PAYERS, others.TRANSFERS),
)


@dataclass(frozen=True)
class Forgotten:
    """What became of somebody who asked to be erased."""

    #: How many bookings have lost their name, and how many keep it, for an incident's record.
    bookings: int
    kept: int


def forget_pupil(*, actor: Actor, now: datetime, pupil: Pupil) -> Forgotten:
    """Erase a pupil, and the parents who have no other child here; counts and money stay.

    What an incident is about keeps its name until the record's time is over. Raises StillComing.
    """
    bookings = _bookings(Booking.pupil_id == pupil.id)
    if any(one.state in LIVE and not event_states.is_over(one.event, now) for one in bookings):
        raise StillComing
    held = set(
        db.session.scalars(
            select(Booking.id).where(Booking.pupil_id == pupil.id, ports.named_longer())
        )
    )
    free = [one for one in bookings if one.id not in held]
    audit.record(
        actor=actor,
        action="forget_pupil",
        subject=pupil,
        school_id=pupil.school_id,
        now=now,
        bookings=len(free),
        kept=len(held),
    )
    erasures.add(kind=Pupil.__tablename__, public_id=pupil.public_id, now=now)
    db.session.execute(
        delete(ParentLink).where(ParentLink.booking_id.in_([one.id for one in free]))
    )
    take_names_off(free, now=now)
    _carry_out(now)
    if not held:
        parents = list(pupil.parents)
        pupils.remove_for_good([pupil.id])
        for parent in parents:
            if not pupils.has_children(parent):
                forget_parent(actor=actor, now=now, parent=parent)
    return Forgotten(len(free), len(held))


def forget_parent(*, actor: Actor, now: datetime, parent: Parent) -> None:
    """Erase a parent: who agreed and who paid is then nobody's name; the children stay."""
    audit.record(
        actor=actor,
        action="forget_parent",
        subject=parent,
        school_id=parent.school_id,
        now=now,
    )
    if parent.public_id is not None:
        erasures.add(kind=Parent.__tablename__, public_id=parent.public_id, now=now)
    pupils.remove_parent_for_good(parent=parent)


def take_names_off(bookings: Iterable[Booking], *, now: datetime) -> int:
    """Let bookings be of a pupil without a name: one for each pupil and school year."""
    done = 0
    for (pupil, _year), some in groupby(sorted(bookings, key=_order), key=_of_whom):
        ids = [booking.id for booking in some]
        nobody = pupils.add_nobody(like=pupil, now=now)
        db.session.execute(
            update(Booking).where(Booking.id.in_(ids)).values(pupil_id=nobody.id),
            execution_options={"synchronize_session": False},
        )
        done += len(ids)
    db.session.expire_all()
    return done


def forget_bookings(now: datetime, limit: int) -> int:
    """Take the names off the bookings, past their time, of so many pupils; return how many."""
    whom = select(Booking.pupil_id).where(*queries.named_too_long(now)).distinct().limit(limit)
    return take_names_off(
        _bookings(Booking.pupil_id.in_(whom), *queries.named_too_long(now)), now=now
    )


def _bookings(*conditions: ColumnElement[bool]) -> Sequence[Booking]:
    found = select(Booking).join(Booking.event).where(*conditions)
    return db.session.scalars(found.options(contains_eager(Booking.event))).all()


def _of_whom(booking: Booking) -> tuple[Pupil, str]:
    """Return whose booking it is, and of which school year."""
    at = booking.event.last_ends_at or booking.named_at
    return booking.pupil, terms.school_year(terms.london(at).date())


def _order(booking: Booking) -> tuple[int, str]:
    pupil, year = _of_whom(booking)
    return pupil.id, year


def _carry_out(now: datetime) -> None:
    """Delete what bookings without a name do not need: every feature's own rules do it."""
    for rule in chain.from_iterable(chores.rules()):
        if rule.kept in WITHOUT_A_NAME:
            rule.purge(now, ALL)

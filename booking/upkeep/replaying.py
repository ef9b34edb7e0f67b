"""Erases again whoever was erased, where a database is older than that: it was restored."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, true

from booking.days.leading.models import PupilLeader
from booking.days.places import ports as place_ports
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.permissions import WORKER
from booking.foundation.audit import erasures
from booking.foundation.audit.erasures import Erased
from booking.foundation.audit.models import ErasedRow
from booking.foundation.db import db, transaction
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.on_the_day.walk_ins.models import WalkIn
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools import service as schools
from booking.people.schools.models import Person

log = logging.getLogger(__name__)
#: Everything that somebody can be erased from.
#: Rows that are nothing but a name somebody typed.
TYPED = (AccompanyingAdult, WalkIn, PupilLeader)
KINDS: Mapping[str, Any] = {each.__tablename__: each for each in (Pupil, Parent, Person, *TYPED)}


def repeat(now: datetime) -> int:
    """Erase again who is on the list and not in the table; return how many that was.

    Each in a transaction of its own. The list then has what only the table had, too.
    """
    missing = erasures.to_repeat()
    for one in missing:
        with transaction():
            _erase(one, now)
    erasures.write_list()
    if missing:
        log.warning("%s people who had been erased were erased again", len(missing))
    return len(missing)


def known_again() -> int:
    """Return how many people were erased, by the table, and have their names all the same."""
    conditions = {
        Pupil: ~exists().where(Booking.pupil_id == Pupil.id, place_ports.named_longer()),
        Parent: true(),
        Person: Person.forgotten_at.is_(None),
        **dict.fromkeys(TYPED, true()),
    }
    return sum(
        db.session.scalar(
            select(func.count())
            .select_from(model)
            .join(ErasedRow, ErasedRow.public_id == model.public_id)
            .where(ErasedRow.kind == kind, conditions[model])
        )
        or 0
        for kind, model in KINDS.items()
    )


def _erase(one: Erased, now: datetime) -> None:
    model = KINDS[one.kind]
    row = db.session.scalar(select(model).where(model.public_id == one.public_id))
    if isinstance(row, Pupil):
        if row.left_at is None:
            pupils.remove_pupil(actor=WORKER, now=now, pupil=row)
        places.forget_pupil(actor=WORKER, now=now, pupil=row)
    elif isinstance(row, Parent):
        places.forget_parent(actor=WORKER, now=now, parent=row)
    elif isinstance(row, Person):
        schools.forget_person(actor=WORKER, now=now, person=row)
    elif row is not None:
        db.session.delete(row)
    erasures.add(kind=one.kind, public_id=one.public_id, now=one.at)

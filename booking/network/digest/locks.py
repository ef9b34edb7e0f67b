"""Lock whose digest is due before it is worked out, so that nobody gets it twice."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import contains_eager

from booking.domain.permissions import RULES, Action
from booking.foundation.db import db
from booking.network.digest.models import LifeDigest
from booking.people.mail_choices.models import MailStop, StoppableMail
from booking.people.schools.models import Person, RoleGrant

_RULE = RULES[Action.SEE_NETWORK_LIFE]
#: Who sees network life.
ROLES = sorted(_RULE.network | _RULE.school)
#: How many people a sweep takes in one transaction: on SQLite, others wait to write meanwhile.
PER_SWEEP = 10


def gets_it() -> list[ColumnElement[bool]]:
    """Return the conditions on a person."""
    return [
        Person.disabled_at.is_(None),
        exists().where(RoleGrant.person_id == Person.id, RoleGrant.role.in_(ROLES)),
        ~exists().where(
            MailStop.person_id == Person.id, MailStop.kind == StoppableMail.NETWORK_LIFE
        ),
    ]


def due(since: datetime) -> Sequence[LifeDigest]:
    """Return some digests that were last worked out before `since`, locked, with their people."""
    found = (
        select(LifeDigest)
        .join(LifeDigest.person)
        .where(LifeDigest.at < since, *gets_it())
        .order_by(LifeDigest.person_id)
        .limit(PER_SWEEP)
        .options(contains_eager(LifeDigest.person).selectinload(Person.grants))
        .with_for_update(of=LifeDigest, skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(found).all()

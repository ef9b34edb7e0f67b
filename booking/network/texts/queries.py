"""Reads of the network's own words."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload

from booking.domain.own_texts import TextKey
from booking.foundation.db import THE_ROW, db, rows
from booking.network.texts.models import OwnFacts, TextVersion

_FACTS = select(
    *(column for column in OwnFacts.__table__.columns if column.name != "logo"),
).where(OwnFacts.id == THE_ROW)


def newest(key: TextKey) -> TextVersion | None:
    """Return the version of a text that stands; None while it is as it came."""
    return db.session.scalars(
        select(TextVersion)
        .where(TextVersion.key == key)
        .order_by(TextVersion.number.desc())
        .limit(1)
    ).one_or_none()


def all_newest() -> Mapping[TextKey, TextVersion]:
    """Return the version of each text that stands, if it is not as it came."""
    last = (
        select(TextVersion.key, func.max(TextVersion.number).label("number"))
        .group_by(TextVersion.key)
        .subquery()
    )
    found = db.session.scalars(
        select(TextVersion)
        .join(last, and_(last.c.key == TextVersion.key, last.c.number == TextVersion.number))
        .options(joinedload(TextVersion.written_by))
    )
    return {version.key: version for version in found}


def versions(key: TextKey) -> Sequence[TextVersion]:
    """Return all versions of a text, newest first, with who wrote them."""
    return db.session.scalars(
        select(TextVersion)
        .where(TextVersion.key == key)
        .order_by(TextVersion.number.desc())
        .options(joinedload(TextVersion.written_by))
    ).all()


def version(key: TextKey, number: int) -> TextVersion | None:
    """Return one version of a text."""
    return db.session.scalars(
        select(TextVersion).where(TextVersion.key == key, TextVersion.number == number)
    ).one_or_none()


def facts() -> Mapping[str, str | int]:
    """Return what the lead has kept about the network, without the picture; {} if nothing."""
    found = rows(_FACTS)
    return dict(found[0]._mapping) if found else {}


def stored_facts() -> OwnFacts:
    """Return the row for its form; a new one, not kept, while there is none."""
    return db.session.get(OwnFacts, THE_ROW) or OwnFacts()


def logo() -> tuple[bytes, str, str] | None:
    """Return the network's picture, its media type and its digest."""
    found = db.session.execute(
        select(OwnFacts.logo, OwnFacts.logo_type, OwnFacts.logo_digest).where(
            OwnFacts.id == THE_ROW
        )
    ).one_or_none()
    return None if found is None or found[0] is None else (found[0], found[1], found[2])

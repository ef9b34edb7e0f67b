"""Lock the network's own words before one of them changes."""

from sqlalchemy import select

from booking.domain.own_texts import TextKey
from booking.foundation.db import THE_ROW, db, insert_into
from booking.network.texts.models import OwnFacts, TextVersion


def facts() -> OwnFacts:
    """Return what the network says about itself, locked until the transaction ends."""
    row = insert_into(OwnFacts).values(id=THE_ROW).on_conflict_do_nothing()
    db.session.execute(row)
    found = db.session.get(OwnFacts, THE_ROW, with_for_update=True, populate_existing=True)
    assert found is not None, "it was inserted if it was not there"
    return found


def text(key: TextKey) -> TextVersion | None:
    """Return the newest version of a text, locked; None while it is as it came.

    A text may have no row yet, so the network's one row is locked in its place.
    """
    facts()
    return db.session.scalars(
        select(TextVersion)
        .where(TextVersion.key == key)
        .order_by(TextVersion.number.desc())
        .limit(1)
    ).one_or_none()

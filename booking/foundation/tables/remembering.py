"""Remember what columns were pointed at, for the next file of the same owner.

Only titles of columns are kept. Where a person takes a row of people for the header, its cells
would be titles, so what looks like an address, a number or a date is not kept either.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from booking.foundation.db import db
from booking.foundation.tables.models import PointedColumn
from booking.foundation.tables.records import ReadTable, folded

_LIKE_A_TITLE = re.compile(r"(?=.*[^\W\d_])(?!.*@)(?!(?:.*\d){5}).{1,80}")


def known(*, dialect: str, owner: str) -> dict[str, str]:
    """Return what columns hold that were pointed at earlier, by their folded titles."""
    return {one.title: one.meaning for one in _rows(dialect, owner)}


def said_of(table: ReadTable, earlier: Mapping[str, str]) -> dict[str, str]:
    """Return what is to be remembered of a table: an empty meaning forgets the title."""
    said = {}
    for place, title in enumerate(map(folded, table.header)):
        meaning = table.pointed.get(place, "")
        if (meaning or title in earlier) and _LIKE_A_TITLE.fullmatch(title):
            said[title] = meaning
    return said


def remember(*, dialect: str, owner: str, said: Mapping[str, str], now: datetime) -> None:
    """Keep what was said of columns. The caller holds whatever lock the owner has."""
    rows = {one.title: one for one in _rows(dialect, owner)}
    for title, meaning in said.items():
        row = rows.get(title)
        if row is not None and not meaning:
            db.session.delete(row)
        elif row is not None and row.meaning != meaning:
            row.meaning, row.pointed_at = meaning, now
        elif row is None and meaning:
            db.session.add(
                PointedColumn(
                    dialect=dialect, owner=owner, title=title, meaning=meaning, pointed_at=now
                )
            )


def _rows(dialect: str, owner: str) -> list[PointedColumn]:
    asked = select(PointedColumn).where(
        PointedColumn.dialect == dialect, PointedColumn.owner == owner
    )
    return list(db.session.scalars(asked))

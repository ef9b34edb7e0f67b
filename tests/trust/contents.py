"""What every table holds, in one value per table: if the values are equal, nothing was written."""

import hashlib

from sqlalchemy import select

from booking.foundation.db import db

#: Written while reading, by design: sessions note when they were last used, throttles count, and
#: the first reader of a public calendar notes since when its file has been so.
NOT_CONTENT = {"web_sessions", "throttle_counts", "public_calendars"}
#: Columns that note a fetch by a calendar program, and since when its file has been so.
NOTES = {"feeds": {"last_fetched_at", "last_fetched_by", "digest", "changed_at"}}
#: The trail's own record that something was read or taken away as a file.
READING = {"export_pupils", "download_roster", "read_health"}


def of_tables() -> dict[str, str]:
    """Return a hash of the content of each table."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        if table.name in NOT_CONTENT:
            continue
        columns = [c for c in table.columns if c.name not in NOTES.get(table.name, set())]
        statement = select(*columns)
        if table.name == "audit_entries":
            statement = statement.where(table.c.action.not_in(READING))
        rows = sorted(repr(tuple(row)) for row in db.session.execute(statement))
        found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    db.session.rollback()
    return found

"""What every table holds, in one value per table: if the values are equal, nothing was written."""

import hashlib
from functools import cache

from booking.foundation.db import db

#: Written while reading, by design: sessions note when they were last used, throttles count, so do
#: refused sign-ins (an answer of Google's comes as a GET), and the first reader of a public
#: calendar notes since when its file has been so.
NOT_CONTENT = {"web_sessions", "throttle_counts", "security_counts", "public_calendars"}
#: Columns that note a fetch by a calendar program, and since when its file has been so; and who at
#: the pupils' own school first opened what was written down about them.
NOTES = {
    "feeds": {"last_fetched_at", "last_fetched_by", "digest", "changed_at"},
    "incidents": {"opened_at", "opened_by_id"},
}
#: The trail's own record that something was read or taken away as a file.
READING = {
    "download_coach_list",
    "download_day_paper",
    "download_emergency_cards",
    "download_roster",
    "download_visit_pack",
    "export_books",
    "export_pupils",
    "read_health",
    "read_incident",
}


def of_tables() -> dict[str, str]:
    """Return a hash of the content of each table, as the database holds it."""
    db.session.rollback()
    connection = db.session.connection()
    found = {}
    for name, statement in _statements():
        rows = sorted(map(repr, map(tuple, connection.exec_driver_sql(statement))))
        found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    db.session.rollback()
    return found


@cache
def _statements() -> list[tuple[str, str]]:
    """Return how each table is read. Nothing is made of what is read: a sweep reads it often."""
    found = []
    for table in db.metadata.sorted_tables:
        if table.name in NOT_CONTENT:
            continue
        names = [c.name for c in table.columns if c.name not in NOTES.get(table.name, set())]
        statement = f"SELECT {', '.join(names)} FROM {table.name}"
        if table.name == "audit_entries":
            read = ", ".join(f"'{action}'" for action in sorted(READING))
            statement += f" WHERE action NOT IN ({read})"
        found.append((table.name, statement))
    return found

"""How the database knows that it is the site that asks: by its account, or by a password.

OWASP's ASVS 5.0 (13.2.1) wants an account of the system or a certificate, and no password that
never changes. Which it is, is decided in PostgreSQL's pg_hba.conf; so the connection is asked, and
not the settings.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from booking.foundation.db import db
from booking.upkeep.details import Level, Sign

NAME = "database account"
#: From which version on PostgreSQL says how it let somebody in (SYSTEM_USER).
SAYS_SINCE = 160_000
ADVICE = "Let it in by its account on this machine or by a certificate: docs/INSTALL.md says how."


@dataclass(frozen=True)
class HowLetIn:
    """What a connection to PostgreSQL tells of how it was let in."""

    by_password: bool
    #: PostgreSQL's own word: "peer", "cert", "scram-sha-256" …; empty if it asked for nothing, and
    #: None if it is too old to say.
    method: str | None


def sign() -> Sign:
    """Return whether the database knows the site by something better than a password."""
    if db.engine.dialect.name != "postgresql":
        return Sign(NAME, Level.WELL, "The database is a file, for the site's own account alone")
    return judged(let_in(db.session.connection()))


def let_in(connection: Connection) -> HowLetIn:
    """Return how PostgreSQL let this connection in."""
    line = connection.connection.dbapi_connection
    assert line is not None, "it is open"
    by_password = bool(line.pgconn.used_password)
    if line.info.server_version < SAYS_SINCE:
        return HowLetIn(by_password, None)
    said = connection.execute(text("SELECT SYSTEM_USER")).scalar()
    return HowLetIn(by_password, str(said or "").partition(":")[0])


def judged(found: HowLetIn) -> Sign:
    """Return what is to be thought of it."""
    if found.by_password:
        title = "PostgreSQL knows the site by a password, which does not change by itself"
        return Sign(NAME, Level.WATCH, title, "", ADVICE)
    if found.method == "":
        title = "PostgreSQL lets in whoever asks as the site"
        return Sign(NAME, Level.BROKEN, title, "Its pg_hba.conf says “trust”.", ADVICE)
    by = f" ({found.method})" if found.method else ""
    return Sign(NAME, Level.WELL, f"PostgreSQL knows the site without a password{by}")

"""Checks of everything that must always hold, and how the site runs; both only read."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import chain

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from booking.foundation import chores, schema
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.foundation.encryption import field_keys
from booking.rights.data_requests import queries as data_request_queries
from booking.upkeep import cautions, encrypted, ports, queries, words
from booking.upkeep.details import Level, Sign, Vitals


def checks() -> list[Check]:
    """Return every feature's checks; those on the whole database come last."""
    return list(chain.from_iterable(chores.checks()))


def examine(
    *, tell: Callable[[str], object] = lambda _promise: None
) -> list[tuple[Check, list[str]]]:
    """Run every check; return each with its problems (none if the promise holds).

    `tell` is told each promise before it is checked, because some take long.
    """
    examined = []
    for check in filter(can_be_asked, checks()):
        tell(check.promise)
        examined.append((check, list(check.problems())))
    return examined


def can_be_asked(check: Check) -> bool:
    """Return whether a check means anything on this kind of database."""
    return check.engine in {"", db.engine.dialect.name}


def signs(now: datetime, *, for_real: bool | None = None) -> list[Sign]:
    """Return how the site runs: the database first, and only that if nothing can be read.

    `for_real` says that a worker and copies are expected; they are in production.
    """
    return signs_and_vitals(now, for_real=for_real)[0]


def signs_and_vitals(
    now: datetime, *, for_real: bool | None = None
) -> tuple[list[Sign], Vitals | None]:
    """Return the same, and what was read for it; None if nothing could be."""
    of_database = database()
    if of_database.level is not Level.WELL:
        return [of_database], None
    if for_real is None:
        for_real = current_app.config["APP_ENV"] == "production"
    vitals = queries.vitals(now, for_real=for_real)
    trusted = int(current_app.config["TRUSTED_PROXIES"])
    watched = cautions.signs(vitals.refusals, now, trusts_proxies=bool(trusted))
    others = chain.from_iterable(ports.signs(now))
    return [of_database, *words.signs(vitals), *others, *watched], vitals


def signs_and_queue(now: datetime) -> list[Sign]:
    """Return the same, how much waits in the queue of jobs, and what is kept longer on purpose."""
    found = [*signs(now), words.queue(ports.jobs_in_queue())]
    if any(sign.name == "database" and sign.level is Level.WELL for sign in found):
        found += words.claims(*data_request_queries.counts_for_claims())
    return found


def keys() -> Sign:
    """Return under which key everything encrypted is; each value is looked at for it."""
    return words.keys(*encrypted.count(), field_keys.ids)


def database() -> Sign:
    """Return whether the database answers and has been migrated."""
    try:
        problem = schema.problem()
    except SQLAlchemyError as error:
        db.session.rollback()
        return words.unreachable(type(error).__name__)
    return words.out_of_date(problem) if problem else words.fits(schema.expected())


def wrong(found: Sequence[Sign]) -> list[Sign]:
    """Return the signs that somebody should do something about, worst first."""
    return [sign for level in (Level.BROKEN, Level.WATCH) for sign in found if sign.level is level]

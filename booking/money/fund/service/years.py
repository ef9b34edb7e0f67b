"""Close a school year: from then on no entry can be dated in it."""

from dataclasses import asdict
from datetime import datetime
from itertools import chain

from booking.domain import ledger, terms
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.fund import locks, ports, queries
from booking.money.fund.models import ClosedYear


class NotTheNextYear(ValueError):
    """Each year is closed once, in order."""


class PointsOpen(ValueError):
    """Something has to be put right, or looked at, before the year is closed."""


def close_year(*, actor: Actor, now: datetime, label: str, accepted: bool) -> ClosedYear:
    """Close the oldest open school year, such as 2026/27, and record its figures.

    `accepted` says that the open points on the check list have been looked at; they are recorded
    with the year. Raises NotTheNextYear, ledger.YearNotOver and PointsOpen.
    """
    first_on, last_on = terms.school_year_bounds(label)
    locks.entries()
    check_next(label)
    ledger.check_over(label, now.astimezone(LONDON).date())
    found = chain.from_iterable(ports.year_end_points(first_on, last_on))
    points = [point for point in found if not point.is_fine]
    if stopping := [point.problem for point in points if point.stops]:
        raise PointsOpen(" ".join(stopping))
    if points and not accepted:
        raise PointsOpen("Look at the open points, then tick the box to accept them.")
    seal = queries.latest_seal()
    year = ClosedYear(
        first_on=first_on,
        last_on=last_on,
        closed_at=now,
        closed_by_id=actor.person_id,
        accepted=[f"{point.label}: {point.problem}" for point in points],
        funds={fund.value: asdict(of) for fund, of in queries.fund_years(label).items()},
        seal_hash=seal.hash if seal else "",
    )
    db.session.add(year)
    audit.record(actor=actor, action="close_year", subject=year, now=now, year=label)
    return year


def check_next(label: str) -> None:
    """Raise NotTheNextYear unless this is the oldest open school year."""
    following = queries.year_to_close()
    if following == label:
        return
    if queries.closed_year(label) is not None:
        raise NotTheNextYear(
            f"The school year {label} is already closed. There is nothing more to do."
        )
    if following is None:
        raise NotTheNextYear("The books are empty. Enter the opening balances first.")
    raise NotTheNextYear(f"Close the school year {following} first: years are closed in order.")

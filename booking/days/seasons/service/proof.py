"""Proof that an accepted plan is what was published, the fairest, and what schools received."""

import json
from collections.abc import Iterator

from booking.days.places import queries as place_queries
from booking.days.seasons import queries
from booking.days.seasons.models import PlanRecord
from booking.days.seasons.service import proposing
from booking.domain.season import outcome, record


def verify(row: PlanRecord) -> list[str]:
    """Check a plan against its record and return every discrepancy in words; none means it agrees.

    The record is compared with itself, with the commitment and digest that were published, with a
    second opinion on the rule, with what everybody may read, and with what schools were given.
    """
    found = record.verify(
        row.record.encode(), commitment=row.plan.seed_commitment, sha256=row.digest
    )
    if found:
        return found
    season, plan = record.read(json.loads(row.record))
    if season.name != row.plan.slug:
        found.append("The record belongs to another plan.")
    published = record.to_bytes(record.public(season, plan, row.digest)).decode("ascii")
    if published != row.published:
        found.append("What is published is not what the record says.")
    return [*found, *_given_otherwise(row, outcome.SeasonOutcome(season, plan))]


def _given_otherwise(row: PlanRecord, result: outcome.SeasonOutcome) -> Iterator[str]:
    """Yield each school that the plan gave different places from those in the record."""
    for event in queries.events_of(row.plan):
        if event.slug not in result.season.event_of:
            continue  # it could no longer be shared when the plan was accepted
        given = {r.school.slug: r.places_received for r in place_queries.requests(event.id)}
        for school in sorted(given.keys() | result.season.school_of.keys()):
            stated, received = result.held.get((school, event.slug), 0), given.get(school, 0)
            if stated != received:
                yield f"{school} was given {received} places at {event.slug}, not {stated}."


def recompute(row: PlanRecord) -> list[str]:
    """Solve an accepted plan again and return every discrepancy. Raises NoSolver."""
    return record.recompute(row.record.encode(), proposing.solver())


def problems() -> Iterator[str]:
    """Yield everything that is wrong with any accepted plan."""
    for row in queries.all_records():
        for problem in verify(row):
            yield f"{row.plan.slug}: {problem}"

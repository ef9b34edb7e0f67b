"""Proof that a round is what was published, what its rule gives, and what schools received."""

import json
from collections.abc import Iterator

from booking.days.allocation import queries
from booking.days.allocation.models import Round
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.allocation import check, claims, record


def verify(round_: Round, event: Event) -> list[str]:
    """Recompute a round and return every discrepancy in words; none means that it agrees.

    The stored record is compared with itself, with the commitment and the digest that were
    published, with a second opinion on its rule, and with what the schools were given.
    """
    found = record.verify_bytes(
        round_.record.encode(), commitment=event.seed_commitment, sha256=round_.digest
    )
    if found:
        return found
    content = json.loads(round_.record)
    if content["event"] != event.slug:
        found.append("The record belongs to another event.")
    try:
        check.assert_valid(record.round_of(content), record_allotment(content))
    except check.Breach as breach:
        found.append(str(breach))
    found += _given_otherwise(event, content)
    return found


def record_allotment(content: record.Record) -> claims.Allotment:
    """Return the result stated in a record."""
    schools = tuple(sorted(content["result"]["counts"]))
    return claims.Allotment(schools=schools, served=tuple(content["result"]["order"]))


def _given_otherwise(event: Event, content: record.Record) -> Iterator[str]:
    """Yield each school that the round gave different places from those in the record."""
    given = {
        request.school.slug: request.places_received for request in place_queries.requests(event.id)
    }
    counts = content["result"]["counts"]
    for slug in sorted({*counts, *given}):
        stated, received = counts.get(slug, 0), given.get(slug, 0)
        if stated != received:
            yield f"{slug} was given {received} places; the record says {stated}."


def problems() -> Iterator[str]:
    """Yield everything that is wrong with any round."""
    for round_ in queries.all_rounds():
        for problem in verify(round_, round_.event):
            yield f"{round_.event.slug}: {problem}"

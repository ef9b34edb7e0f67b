"""The record of a plan: everything needed to check and recompute it, in one fixed form.

The form is that of a round's record: JSON in ASCII with sorted keys and no spaces, so that the same
season and plan always give the same bytes. It lists pupils, by references that mean nothing
elsewhere, so it is not published. What is published (`public`) has numbers for each school and
event, the digest of the record, and for each school the digest of its own part of the inputs. A
school can compute that from its own wishes, and anyone who may read the record can check the rest.
"""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from booking.domain.allocation import check as allocation_check
from booking.domain.allocation import claims, draw
from booking.domain.allocation.record import Record, digest, to_bytes
from booking.domain.season import check, explain, nexts, outcome, planning, solving, wishes

__all__ = [
    "NotAPlanRecord",
    "Record",
    "digest",
    "inputs",
    "inputs_digest",
    "part_digest",
    "part_of",
    "public",
    "read",
    "recompute",
    "record",
    "to_bytes",
    "verify",
]

#: Changes whenever the same season could lead to another plan.
RULE_VERSION = "season-plan-1"
_KEYS = frozenset(
    ("events", "name", "pupils", "result", "commitment", "schools", "seed", "sha256", "version")
)


class NotAPlanRecord(ValueError):
    """This is not the record of a plan, or it cannot be followed."""


def inputs(season: wishes.Season) -> Record:
    """Return everything that decides a plan, in one fixed order."""
    return {
        "commitment": draw.commitment(season.seed),
        "events": [_event(event) for event in sorted(season.events, key=lambda e: e.slug)],
        "name": season.name,
        "pupils": [_pupil(pupil) for pupil in sorted(season.pupils, key=lambda p: p.reference)],
        "schools": [_school(school) for school in sorted(season.schools, key=lambda s: s.slug)],
        "seed": season.seed,
        "version": RULE_VERSION,
    }


def inputs_digest(season: wishes.Season) -> str:
    """Return the SHA-256 of all inputs, which tells whether anything has changed since."""
    return digest(inputs(season))


def record(season: wishes.Season, plan: wishes.Plan) -> Record:
    """Return the record of a plan, its own digest included."""
    content = inputs(season) | {"result": [[place.pupil, place.event] for place in plan.given]}
    return content | {"sha256": digest(content)}


def public(season: wishes.Season, plan: wishes.Plan, sha256: str) -> Record:
    """Return what everybody may read about a plan: numbers by school and event, and no pupils."""
    counted, everything = outcome.SeasonOutcome(season, plan), inputs(season)
    why, following = explain.PlanExplained(season, plan), nexts.next_schools(season, plan)
    pupils = Counter(pupil.school for pupil in season.pupils)
    schools = [
        school
        | {
            "given": counted.totals[slug],
            "inputs_sha256": part_digest(season, slug),
            "kept_by": sorted(why.kept_from_more(slug)),
            "next_at": sorted(event for event, other in following.items() if other == slug),
            "pupils": pupils[slug],
            "wanted": counted.wanted[slug],
        }
        for school in everything["schools"]
        for slug in [school["slug"]]
    ]
    shares = [
        {
            "event": event,
            "given": counted.held.get((school, event), 0),
            "school": school,
            "wished": wished,
        }
        for (school, event), wished in sorted(counted.wished.items())
    ]
    kept = {key: everything[key] for key in ("commitment", "events", "name", "seed", "version")}
    content = kept | {"record_sha256": sha256, "schools": schools, "shares": shares}
    return content | {"sha256": digest(content)}


def part_of(season: wishes.Season, school: str) -> Record:
    """Return the part of the inputs that one school wrote: its pupils' wishes."""
    return {
        "name": season.name,
        "pupils": [
            _pupil(pupil)
            for pupil in sorted(season.pupils, key=lambda p: p.reference)
            if pupil.school == school
        ],
        "school": school,
    }


def part_digest(season: wishes.Season, school: str) -> str:
    """Return the SHA-256 of a school's own part."""
    return digest(part_of(season, school))


def read(record_: Record) -> tuple[wishes.Season, wishes.Plan]:
    """Return the season and the plan that a record describes; raise NotAPlanRecord if none."""
    if set(record_) != _KEYS or record_["version"] != RULE_VERSION:
        raise NotAPlanRecord("This is not the record of a season plan under the current rules.")
    try:
        season = wishes.Season(
            name=record_["name"],
            events=tuple(_read_event(event) for event in record_["events"]),
            schools=tuple(wishes.SeasonSchool(**school) for school in record_["schools"]),
            pupils=tuple(_read_pupil(pupil) for pupil in record_["pupils"]),
            seed=record_["seed"],
        )
        plan = wishes.Plan(tuple(wishes.GivenPlace(*place) for place in record_["result"]))
    except (KeyError, TypeError, ValueError) as error:
        raise NotAPlanRecord(f"The record cannot be followed: {error}") from error
    if any(place.event not in season.event_of for place in plan.given):
        raise NotAPlanRecord("The record cannot be followed: it gives places at an unknown event.")
    return season, plan


def verify(
    content: bytes, *, commitment: str | None = None, sha256: str | None = None
) -> list[str]:
    """Check a stored record without a solver; return every discrepancy, in words.

    `commitment` and `sha256` are what was published at the time.
    """
    try:
        record_: Any = json.loads(content)
    except (ValueError, RecursionError):
        return ["This is not a JSON file."]
    if not isinstance(record_, dict) or to_bytes(record_) != content:
        return ["The record is not as it was stored: its bytes are not in the fixed form."]
    try:
        season, plan = read(record_)
    except NotAPlanRecord as error:
        return [str(error)]
    return [*_digests_differ(record_, season, commitment, sha256), *_breaches(season, plan)]


def recompute(content: bytes, solver: solving.Solver) -> list[str]:
    """Solve a record's season again and return every discrepancy in words."""
    season, plan = read(json.loads(content))
    again = planning.propose(season, solver)
    if again.totals(season) != plan.totals(season):
        return ["Solved again, the season gives schools different totals."]
    if again != plan:
        return ["Solved again, the season gives a plan that is as good, but not the same."]
    return []


def _digests_differ(
    record_: Record, season: wishes.Season, commitment: str | None, sha256: str | None
) -> Iterable[str]:
    committed = draw.commitment(season.seed)
    if record_["commitment"] != committed:
        yield "The seed is not the one committed to in the record."
    if commitment is not None and commitment != committed:
        yield "The seed is not the one committed to before wishes were made."
    if record_["sha256"] != digest(record_):
        yield "The record has been changed: its digest does not match."
    if sha256 is not None and sha256 != digest(record_):
        yield "The record is not the one published: its digest is different."


def _breaches(season: wishes.Season, plan: wishes.Plan) -> Iterable[str]:
    try:
        check.assert_valid(season, plan)
    except claims.ClaimRefused as refused:
        yield f"Nobody could have asked for this: {refused}"
    except allocation_check.Breach as breach:
        yield str(breach)


def _event(event: wishes.SeasonEvent) -> Record:
    return {
        "at_most": event.at_most,
        "dates": [[date.starts_at.isoformat(), date.ends_at.isoformat()] for date in event.dates],
        "places": event.places,
        "slug": event.slug,
        "years": list(event.years) if event.years else None,
    }


def _school(school: wishes.SeasonSchool) -> Record:
    return {"received": school.received, "slug": school.slug, "weight": school.weight}


def _pupil(pupil: wishes.SeasonPupil) -> Record:
    return {
        "at_most": pupil.at_most,
        "ranked": pupil.ranked,
        "reference": pupil.reference,
        "school": pupil.school,
        "wishes": list(pupil.wishes),
        "year": pupil.year,
    }


def _read_event(entries: Record) -> wishes.SeasonEvent:
    dates = tuple(
        wishes.Date(datetime.fromisoformat(first), datetime.fromisoformat(last))
        for first, last in entries["dates"]
    )
    years = entries["years"]
    return wishes.SeasonEvent(
        **entries | {"dates": dates, "years": tuple(years) if years else None}
    )


def _read_pupil(entries: Record) -> wishes.SeasonPupil:
    return wishes.SeasonPupil(**entries | {"wishes": tuple(entries["wishes"])})

"""Schools join the network, are described, and leave it."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from booking.domain import school_phases
from booking.domain.permissions import Actor, Role
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.schools.models import School
from booking.people.schools.service import leaving, post_news

SLUG_MAX = 60
#: What a school's own coordinators may change; the lead may also change the rest.
OWN_DETAILS = frozenset(
    {"office_phone", "emergency_phone", "website", "address", "day_starts", "day_ends"}
    | {"safeguarding_name", "safeguarding_phone"}
    | {"deputy_safeguarding_name", "deputy_safeguarding_phone"}
    | {"head_name", "head_email"}
)
DETAILS = OWN_DETAILS | frozenset(
    {"name", "urn", "phase", "town", "postcode", "low_year", "high_year", "roll"}
    | {"easting", "northing"}
)


#: What the audit trail keeps of a change, before and after: never a telephone or an address, which
#: may be somebody's own.
TRACED = frozenset(
    {"name", "urn", "phase", "town", "low_year", "high_year", "roll", "day_starts", "day_ends"}
)


class SchoolRefused(ValueError):
    """A school's details cannot be saved like this; the message says why."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def add_school(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    phase: str,
    low_year: int,
    high_year: int,
    slug: str = "",
    **details: Any,
) -> School:
    """Add a school to the network, with any further `details` (see DETAILS).

    Without a slug, one is made from its name. Raises SchoolRefused.
    """
    details |= {"name": name, "phase": phase, "low_year": low_year, "high_year": high_year}
    _check(details)
    _refuse_known_urn(details.get("urn"), None)
    school = School(slug=slug or free_slug(name, details.get("town", "")), created_at=now)
    for field, value in details.items():
        setattr(school, field, value)
    db.session.add(school)
    _flush()
    audit.record(actor=actor, action="add_school", subject=school, school_id=school.id, now=now)
    return school


def change_school(*, actor: Actor, now: datetime, school: School, **details: Any) -> list[str]:
    """Change a school's details; return the names of those that changed.

    Raises SchoolRefused. The slug never changes, because links and calendars contain it.
    """
    _check({field: getattr(school, field) for field in DETAILS} | details)
    if details.get("urn", school.urn) != school.urn:
        _refuse_known_urn(details["urn"], school.id)
    if details.get("postcode", school.postcode) != school.postcode:
        # It has moved, so its position on the grid is no longer right.
        details = {"easting": None, "northing": None} | details
    changed = [field for field, value in details.items() if getattr(school, field) != value]
    traced = {name: [getattr(school, name), details[name]] for name in changed if name in TRACED}
    for field in changed:
        setattr(school, field, details[field])
    if changed:
        _flush()
        audit.record(
            actor=actor,
            action="change_school",
            subject=school,
            school_id=school.id,
            now=now,
            fields=sorted(changed),
            changed=traced,
        )
    if "head_email" in changed and not actor.has(Role.LEAD):
        post_news.head_changed(school, actor, now)
    return changed


def leave_network(*, actor: Actor, now: datetime, school: School, on: date) -> None:
    """End a school's membership; its history stays. Raises SchoolRefused."""
    if school.left_on is not None:
        raise SchoolRefused(f"{school.name} has already left.")
    school.left_on = on
    audit.record(
        actor=actor,
        action="leave_network",
        subject=school,
        school_id=school.id,
        now=now,
        left_on=on.isoformat(),
    )
    leaving.tell_of_school(school, actor=actor, now=now)


def rejoin_network(*, actor: Actor, now: datetime, school: School) -> None:
    """Make a school a member again. Raises SchoolRefused."""
    if school.left_on is None:
        raise SchoolRefused(f"{school.name} is already a member.")
    school.left_on = None
    audit.record(actor=actor, action="rejoin_network", subject=school, school_id=school.id, now=now)


def free_slug(name: str, town: str = "") -> str:
    """Make a slug from a name that no school has yet."""
    short, long = slug_of(name), slug_of(f"{name} {town}")
    taken = set(db.session.scalars(select(School.slug).where(School.slug.startswith(short))))
    for candidate in (short, long, *(f"{long}-{n}" for n in range(2, len(taken) + 3))):
        if candidate not in taken:
            return candidate
    raise AssertionError("unreachable: one of n + 1 numbers is free")


def slug_of(text: str) -> str:
    """Return a name as part of an address: "St Mary's" is "st-marys"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"['.]", "", plain)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_MAX].rstrip("-") or "school"


def _check(details: dict[str, Any]) -> None:
    if not details["name"]:
        raise SchoolRefused("Enter the school’s name.", "name")
    if details["phase"] not in school_phases.PHASES:
        raise SchoolRefused("Choose what kind of school it is.", "phase")
    if details["low_year"] > details["high_year"]:
        raise SchoolRefused("The youngest year is above the oldest. Swap them.", "high_year")
    if details.get("roll", 0) < 0:
        raise SchoolRefused("The number of pupils cannot be below 0.", "roll")
    if details.get("day_starts", "08:50") >= details.get("day_ends", "15:20"):
        raise SchoolRefused("The school day ends before it starts.", "day_ends")


def _refuse_known_urn(urn: str | None, own_id: int | None) -> None:
    """Refuse a second row for one school, which would get it a second share at every event."""
    if not urn:
        return
    known = db.session.scalar(select(School).where(School.urn == urn, School.id != (own_id or 0)))
    if known is not None:
        raise SchoolRefused(f"{known.name} already has this reference number.", "urn")


def _flush() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        raise SchoolRefused("Somebody has just added this school. Check the list.") from error

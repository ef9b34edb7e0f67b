"""A school's parents: one row for each e-mail address, shared by siblings.

Who has no address is known by name and number within the school, and by the name alone within one
pupil's family: two people called Mrs Smith may have nothing else in common.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from booking.domain import names
from booking.domain.permissions import Actor
from booking.foundation import contacts
from booking.foundation.db import db
from booking.people.pupils import announcements, queries
from booking.people.pupils.details import (
    NAME_MAX,
    PARENTS_MAX,
    ParentDetails,
    known,
    same_person,
)
from booking.people.pupils.models import Parent, Pupil
from booking.people.pupils.refusals import NameTooLong
from booking.people.schools.models import School


def found_or_added(
    school: School,
    details: Iterable[ParentDetails],
    school_parents: dict[str, Parent] | None = None,
    *,
    own: Sequence[Parent] = (),
    exact: bool = False,
) -> list[Parent]:
    """Return the parents with these details, adding those who are new.

    `own` are the pupil's parents so far: one without an address may have one now.
    `school_parents` holds the school's by key, read in one go for an import; it grows. Unless
    `exact`, an empty field does not erase what we know.
    """
    every = list({one.key: one for one in map(_tidied, details)}.values())
    assert len(every) <= PARENTS_MAX, "the forms and the import have room for two"
    found: dict[str, Parent] = {}
    for given in every:
        parent = _listed(school, given, school_parents) or _own(given, own, found.values())
        found[given.key] = parent = _written(school, given, parent, exact=exact)
        if school_parents is not None and _is_known_by_key(given):
            school_parents[given.key] = parent
    return list(dict.fromkeys(found.values()))


def by_key(parents: Iterable[Parent]) -> dict[str, Parent]:
    """Return a school's parents by what is theirs alone, as far as there is such a thing."""
    details = ((known(parent), parent) for parent in parents)
    return {one.key: parent for one, parent in details if _is_known_by_key(one)}


def _tidied(given: ParentDetails) -> ParentDetails:
    name = names.tidy(given.name)
    if len(name) > NAME_MAX:
        raise NameTooLong
    email = contacts.email_address(given.email) if given.email else ""
    return ParentDetails(name, email, contacts.e164(given.phone))


def _is_known_by_key(given: ParentDetails) -> bool:
    return bool(given.email or given.phone)


def _listed(
    school: School, given: ParentDetails, school_parents: dict[str, Parent] | None
) -> Parent | None:
    """Return the school's parent with this address or, without one, this name and number."""
    if school_parents is not None or not _is_known_by_key(given):
        return (school_parents or {}).get(given.key)
    if given.email:
        return queries.parent_by_email(school.id, given.email)
    return by_key(queries.parents_on_paper(school.id, given.phone)).get(given.key)


def _own(given: ParentDetails, own: Sequence[Parent], taken: Iterable[Parent]) -> Parent | None:
    """Return the pupil's own parent without an address whom these details are about."""
    on_paper = [parent for parent in own if not parent.email and parent not in taken]
    return next((parent for parent in on_paper if same_person(known(parent), given)), None)


def _written(school: School, given: ParentDetails, parent: Parent | None, *, exact: bool) -> Parent:
    """Return the parent with new details filled in, or a new one when `parent` is None."""
    if parent is None:
        parent = Parent(school_id=school.id, name=given.name, email=given.email, phone=given.phone)
        db.session.add(parent)
        return parent
    # The latest details win.
    parent.name = given.name or parent.name
    parent.email = given.email or parent.email
    parent.phone = given.phone if exact else given.phone or parent.phone
    return parent


def addresses(parents: Iterable[Parent]) -> frozenset[int]:
    """Return which parents have an address."""
    return frozenset(parent.id for parent in parents if parent.email)


def replace(
    pupil: Pupil,
    parents: list[Parent],
    *,
    had_address: frozenset[int],
    actor: Actor,
    now: datetime,
) -> None:
    """Give a pupil these parents, and announce it to whatever keeps private links.

    Who had no address until now is announced as if they came: to brothers and sisters as well.
    """
    before = list(pupil.parents)
    gone = [parent for parent in before if parent not in parents]
    reached = [p for p in parents if p in before and p.email and p.id not in had_address]
    come = [parent for parent in parents if parent not in before or parent in reached]
    pupil.parents = parents
    if gone or come:
        db.session.flush()
        announcements.parents_changed(pupil, gone=gone, come=come, actor=actor, now=now)
    for parent in reached:
        for sibling in parent.pupils:
            if sibling is not pupil:
                announcements.parents_changed(sibling, gone=[], come=[parent], actor=actor, now=now)

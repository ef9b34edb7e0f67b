"""A school's parents: one row for each e-mail address, shared by siblings."""

from collections.abc import Iterable
from datetime import datetime

from booking.domain import names
from booking.domain.permissions import Actor
from booking.foundation import contacts
from booking.foundation.db import db
from booking.people.pupils import announcements, queries
from booking.people.pupils.details import NAME_MAX, PARENTS_MAX, ParentDetails
from booking.people.pupils.models import Parent, Pupil
from booking.people.pupils.refusals import NameTooLong
from booking.people.schools.models import School


def found_or_added(
    school: School,
    details: Iterable[ParentDetails],
    known: dict[str, Parent] | None = None,
    *,
    exact: bool = False,
) -> list[Parent]:
    """Return the parents with these addresses, adding those who are new.

    `known` holds the school's parents by address, read in one go for an import; it grows. Unless
    `exact`, an empty field does not erase what we know.
    """
    found: dict[str, Parent] = {}
    for given in details:
        email = contacts.email_address(given.email)
        if email in found:
            continue
        if known is None:
            found[email] = _parent(school, email, given, queries.parent_by_email(school.id, email))
        else:
            known[email] = found[email] = _parent(school, email, given, known.get(email))
        if exact:
            found[email].phone = contacts.e164(given.phone)
    assert len(found) <= PARENTS_MAX, "the forms and the import have room for two"
    return list(found.values())


def _parent(school: School, email: str, given: ParentDetails, parent: Parent | None) -> Parent:
    """Return the parent with new details filled in, or a new one when `parent` is None."""
    name, phone = names.tidy(given.name), contacts.e164(given.phone)
    if len(name) > NAME_MAX:
        raise NameTooLong
    if parent is None:
        parent = Parent(school_id=school.id, name=name, email=email, phone=phone)
        db.session.add(parent)
        return parent
    # The latest details win.
    parent.name = name or parent.name
    parent.phone = phone or parent.phone
    return parent


def replace(pupil: Pupil, parents: list[Parent], *, actor: Actor, now: datetime) -> None:
    """Give a pupil these parents, and announce it to whatever keeps private links."""
    gone = [parent for parent in pupil.parents if parent not in parents]
    come = [parent for parent in parents if parent not in pupil.parents]
    pupil.parents = parents
    if gone or come:
        db.session.flush()
        announcements.parents_changed(pupil, gone=gone, come=come, actor=actor, now=now)

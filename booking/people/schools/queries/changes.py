"""Who changed a row: the audit trail, with the names and roles of people."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from booking.domain import english
from booking.foundation.audit import queries as audit_queries
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.foundation.web.changes import Change
from booking.people.schools import words
from booking.people.schools.models import Person

#: Who acts without an account, as others read it.
OTHERS = {"parent": "a parent", "worker": "Fairplace itself", "command": "the site’s keeper"}


def changes_of(row: Any, actions: Collection[str], school_id: int | None) -> Sequence[Change]:
    """Return the latest changes of a row, newest first: two or three queries."""
    entries = audit_queries.latest_about(row, actions=actions, school_id=school_id)
    ids = {entry.person_id for entry in entries if entry.person_id is not None}
    people = select(Person).where(Person.id.in_(ids)).options(selectinload(Person.grants))
    named = {person.id: _named(person) for person in db.session.scalars(people)} if ids else {}
    return [_change(entry, named) for entry in entries]


def _change(entry: AuditEntry, named: dict[int, str]) -> Change:
    who = named.get(entry.person_id or 0) or OTHERS.get(entry.actor_kind, "somebody")
    fields = frozenset(map(str, entry.facts.get("fields", ())))
    return Change(entry.at, who, entry.person_id, fields)


def _named(person: Person) -> str:
    posts = english.listed(words.post(grant) for grant in person.grants) if person.grants else ""
    return f"{person.name} ({posts})" if posts else person.name

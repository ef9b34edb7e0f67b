"""What the pages of resources show, worked out before a template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain import year_groups
from booking.domain.permissions import Action, Actor, Scope, may
from booking.domain.resourcing import deed, host_of
from booking.foundation.files import words as file_words
from booking.network.resources import queries, shelf, words
from booking.network.resources.models import (
    Resource,
    ResourceProblem,
    ResourceVersion,
    TriedNote,
)


@dataclass(frozen=True)
class ResourceRow:
    """A resource in a list."""

    public_id: str
    title: str
    kind: str
    years: str
    subjects: str
    school: str
    #: "Version 3", "2 notes"; empty ones are left out.
    said: Sequence[str]


@dataclass(frozen=True)
class VersionLine:
    """A version: what it is, and what changed."""

    number: int
    #: The public id of its file; "" if it is a link.
    file_id: str
    name: str
    #: "PDF, 120 KB", or the site that a link leads to.
    what: str
    link: str
    changed: str
    shows: str
    version: ResourceVersion


@dataclass(frozen=True)
class NoteLine:
    """What somebody says who tried it, and what the reader may do about it."""

    note: TriedNote
    who: str
    year: str
    is_own: bool


@dataclass(frozen=True)
class ResourcePage:
    """One resource, as somebody meets it."""

    resource: Resource
    rows: Sequence[tuple[str, str]]
    licence: str
    deed: str
    author: str
    newest: VersionLine
    older: Sequence[VersionLine]
    notes: Sequence[NoteLine]
    #: What the lead has still to settle; empty for everybody else.
    problems: Sequence[ResourceProblem]
    may_keep: bool
    may_note: bool
    is_lead: bool


def rows(resources: Sequence[Resource]) -> list[ResourceRow]:
    """Return the rows of a list, with two statements for all of them."""
    said = queries.said_of([resource.id for resource in resources]) if resources else {}
    return [_row(resource, said[resource.id]) for resource in resources]


def _row(resource: Resource, said: queries.SaidOfResource) -> ResourceRow:
    number = f"Version {said.number}" if said.number > 1 else ""
    notes = f"Tried {said.notes} times" if said.notes > 1 else "Tried once" if said.notes else ""
    return ResourceRow(
        public_id=resource.public_id,
        title=resource.title,
        kind=words.KIND_NAMES[resource.kind],
        years=words.years(resource),
        subjects=words.subjects(resource),
        school=words.school_of(resource),
        said=[each for each in (number, notes) if each],
    )


def resource_page(resource: Resource, *, actor: Actor) -> ResourcePage:
    """Return what the page of one resource shows to somebody who may read it."""
    is_lead = may(actor, Action.RUN_NETWORK)
    newest, *older = [_version(each) for each in queries.versions(resource.id)]
    is_own = actor.person_id == resource.author_id
    return ResourcePage(
        resource=resource,
        rows=[
            ("Kind", words.KIND_NAMES[resource.kind]),
            ("Subjects", words.subjects(resource)),
            ("For", words.years(resource)),
            *([("Used at", resource.used_at.title)] if resource.used_at else []),
        ],
        licence=words.LICENCE_NAMES[resource.licence],
        deed=deed(resource.licence),
        author=words.author(resource),
        newest=newest,
        older=older,
        notes=_notes(resource, actor=actor, is_lead=is_lead),
        problems=queries.open_problems(resource.id) if is_lead else (),
        may_keep=shelf.may_keep(resource, actor),
        may_note=not is_own and resource.withdrawn_at is None,
        is_lead=is_lead,
    )


def _notes(resource: Resource, *, actor: Actor, is_lead: bool) -> list[NoteLine]:
    """Return the notes that somebody sees: a hidden one only its author and the lead."""
    found = [
        NoteLine(
            note=note,
            who=words.author(note),
            year=year_groups.name(note.year),
            is_own=may(actor, Action.KEEP_TRIED_NOTE, Scope(person_id=note.author_id)),
        )
        for note in queries.notes(resource.id)
    ]
    return [line for line in found if not line.note.hidden_at or line.is_own or is_lead]


def _version(version: ResourceVersion) -> VersionLine:
    file = version.file
    return VersionLine(
        number=version.number,
        file_id=file.public_id if file else "",
        name=file.name if file else version.link,
        what=file_words.what(file.content.kind, file.content.size_bytes)
        if file
        else host_of(version.link),
        link=version.link,
        changed=version.changed,
        shows=words.shows(version),
        version=version,
    )

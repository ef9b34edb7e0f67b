"""The files of resources: for everybody who sees network life, on the shelf of their school."""

from datetime import datetime

from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import FileAudience
from booking.foundation.web import addresses
from booking.network.resources import queries, words
from booking.network.resources.models import Resource

KIND = "resource"
AUDIENCES = {FileAudience.MEMBERS: "Everybody who sees what colleagues share"}


def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return a resource as the owner of its versions' files."""
    resource = queries.by_public_id(public_id) if kind == KIND else None
    return of_resource(resource, actor=actor) if resource is not None else None


def of_resource(resource: Resource, *, actor: Actor) -> FileOwner:
    """Return a resource as the owner of its files, as somebody meets it.

    Nobody keeps its files apart from the resource: a version is added on its own page, and stays.
    """
    return FileOwner(
        kind=KIND,
        public_id=resource.public_id,
        title=resource.title,
        url=addresses.RESOURCE(public_id=resource.public_id),
        subject=resource,
        school_id=resource.school_id,
        reads=frozenset(AUDIENCES) if may_read(resource, actor) else frozenset(),
        keeps=False,
        audiences=AUDIENCES,
    )


def may_read(resource: Resource, actor: Actor) -> bool:
    """Return whether somebody may read a resource: one that was withdrawn, only its keepers."""
    if not permissions.may(actor, Action.SEE_NETWORK_LIFE):
        return False
    return resource.withdrawn_at is None or may_keep(resource, actor)


def may_keep(resource: Resource, actor: Actor) -> bool:
    """Return whether somebody looks after a resource."""
    return permissions.may(actor, Action.KEEP_RESOURCE, scope_of(resource))


def scope_of(resource: Resource) -> Scope:
    """Return what a resource belongs to: its school, and whoever wrote it, until they leave."""
    author_id = resource.author_id if words.author_is_there(resource) else None
    return Scope(resource.school_id, person_id=author_id)

"""How long withdrawn resources, settled problems and private addresses are kept."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.domain.keeping import network_life
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.network.resources import shelf
from booking.network.resources.models import Resource, ResourceFeed, ResourceProblem
from booking.people.schools.models import Person


def rules() -> Sequence[RetentionRule]:
    """Return when each is deleted; what stands among the resources stays."""
    return (
        deleting(
            "withdrawn resources",
            network_life.RESOURCES,
            Resource,
            lambda now: [Resource.withdrawn_at <= network_life.RESOURCES.over(now)],
        ),
        deleting(
            "files of deleted resources",
            network_life.RESOURCES,
            AttachedFile,
            lambda _now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.not_in(select(Resource.public_id)),
            ],
        ),
        deleting(
            "settled problems with resources",
            network_life.RESOURCE_PROBLEMS,
            ResourceProblem,
            lambda now: [ResourceProblem.settled_at <= network_life.RESOURCE_PROBLEMS.over(now)],
        ),
        deleting(
            "private addresses of new resources",
            network_life.RESOURCE_FEEDS,
            ResourceFeed,
            lambda _now: [
                ResourceFeed.person_id.in_(select(Person.id).where(Person.disabled_at.is_not(None)))
            ],
        ),
    )

"""Resources for tests, shared and tried as colleagues would."""

from datetime import timedelta
from typing import Any

from booking.domain.permissions import COMMAND, Actor
from booking.domain.resourcing import (
    Licence,
    PupilsShown,
    ResourceDetails,
    ResourceKind,
    SubjectArea,
)
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.files import imports
from booking.network.resources import service as resources
from booking.network.resources.details import NoteDetails, VersionContent
from booking.network.resources.models import (
    Resource,
    ResourceProblem,
    ResourceVersion,
    TriedNote,
)
from booking.people.schools.models import Person, School
from tests.builders import files
from tests.builders.rewritten import rewritten
from tests.builders.schools import actor_of

QUOTA = 200 * files.MB


def details(**changes: Any) -> ResourceDetails:
    """Return what is said about a lesson on bridges for Years 5 and 6."""
    facts: dict[str, Any] = {
        "title": "Bridges from paper",
        "about": "Pupils build a bridge from one sheet and load it with coins.",
        "kind": ResourceKind.LESSON_PLAN,
        "licence": Licence.NETWORK,
        "subjects": frozenset({SubjectArea.DESIGN, SubjectArea.SCIENCE}),
        "low_year": 5,
        "high_year": 6,
    }
    return ResourceDetails(**facts | changes)


def content(
    words: str = "A plan",
    *,
    link: str = "",
    name: str = "plan.txt",
    shown: PupilsShown = PupilsShown.NONE,
    families_agreed: bool = False,
) -> VersionContent:
    """Return a version: a small text with these words, or a link."""
    upload = None if link else imports.read(name, words.encode())
    return VersionContent(upload, link, shown, families_agreed)


@rewritten
def share(
    *,
    school: School | None = None,
    actor: Actor = COMMAND,
    ago: timedelta = timedelta(),
    link: str = "",
    words: str = "A plan",
    **changes: Any,
) -> Resource:
    """Return a resource of a school, or of the network, shared now or some time ago."""
    with transaction():
        return resources.add(
            actor=actor,
            now=clock.now() - ago,
            school_id=school.id if school is not None else None,
            details=details(**changes),
            content=content(words, link=link),
            quota_bytes=QUOTA,
        )


def add_version(
    resource: Resource, words: str, *, actor: Actor = COMMAND, changed: str = "Shorter"
) -> ResourceVersion:
    """Add a version with these words in its file."""
    with transaction():
        return resources.add_version(
            actor=actor,
            now=clock.now(),
            resource=resource,
            content=content(words),
            changed=changed,
            quota_bytes=QUOTA,
        )


def try_it(
    resource: Resource,
    person: Person,
    *,
    school: School | None = None,
    worked: str = "The coins.",
    did_not: str = "The scissors.",
    year: int = 5,
) -> TriedNote:
    """Say how it went, as a person."""
    with transaction():
        return resources.write_note(
            actor=actor_of(person),
            now=clock.now(),
            resource=resource,
            school_id=school.id if school is not None else None,
            details=NoteDetails(worked, did_not, year),
        )


def tell(
    resource: Resource, person: Person, told: str = "The link leads nowhere."
) -> ResourceProblem:
    """Tell the lead of a problem, as a person."""
    with transaction():
        return resources.tell_problem(
            actor=actor_of(person), now=clock.now(), resource=resource, told=told
        )


def withdraw(
    resource: Resource, *, actor: Actor = COMMAND, ago: timedelta = timedelta(), reason: str = "Old"
) -> None:
    """Withdraw a resource, now or some time ago."""
    with transaction():
        resources.withdraw(actor=actor, now=clock.now() - ago, resource=resource, reason=reason)

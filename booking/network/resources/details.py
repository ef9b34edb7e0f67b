"""Plain values of resources: what a version is, what is looked for, what somebody says."""

from collections.abc import Collection
from dataclasses import dataclass

from booking.domain.resourcing import (
    Licence,
    PupilsShown,
    ResourceDetails,
    ResourceKind,
    SubjectArea,
)
from booking.foundation.files.details import Upload
from booking.network.resources.models import Resource, ResourceSubject

#: Columns of a resource that are copied unchanged.
COLUMNS = ("title", "about", "kind", "licence", "low_year", "high_year")


@dataclass(frozen=True)
class VersionContent:
    """What a version is: a file that was looked at, or a link; and whether it shows pupils."""

    upload: Upload | None = None
    link: str = ""
    shown: PupilsShown = PupilsShown.NONE
    families_agreed: bool = False


@dataclass(frozen=True)
class NoteDetails:
    """What somebody says who tried a resource."""

    worked: str
    did_not: str
    year: int


@dataclass(frozen=True)
class ResourceFilters:
    """What somebody looks for in the list."""

    q: str = ""
    subject: SubjectArea | None = None
    year: int | None = None
    kind: ResourceKind | None = None
    licence: Licence | None = None
    #: Those that were withdrawn, for whoever may put them back.
    withdrawn: bool = False


def details_of(resource: Resource) -> ResourceDetails:
    """Return what is said about a stored resource."""
    subjects = frozenset(row.subject for row in resource.subjects)
    return ResourceDetails(subjects=subjects, **{name: getattr(resource, name) for name in COLUMNS})


def changed_fields(before: ResourceDetails, after: ResourceDetails) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    names = (*COLUMNS, "subjects")
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def copy_onto(resource: Resource, details: ResourceDetails) -> None:
    """Write what is said about a resource onto its row."""
    for name in COLUMNS:
        setattr(resource, name, getattr(details, name))
    resource.title, resource.about = details.title.strip(), details.about.strip()
    kept = [row for row in resource.subjects if row.subject in details.subjects]
    new: Collection[SubjectArea] = details.subjects - {row.subject for row in kept}
    resource.subjects = [*kept, *(ResourceSubject(subject=each) for each in sorted(new))]

"""Resources in words: kinds, subjects, licences, whose they are."""

from collections.abc import Collection
from datetime import datetime

from booking.domain import terms, year_groups
from booking.domain.resourcing import (
    SUBJECT_NAMES,
    Licence,
    PupilsShown,
    ResourceKind,
    SubjectArea,
)
from booking.network.resources.models import Resource, ResourceVersion, TriedNote
from booking.people.schools import words as school_words

KIND_NAMES = {
    ResourceKind.LESSON_PLAN: "Lesson plan",
    ResourceKind.WORKSHEET: "Worksheet",
    ResourceKind.SLIDES: "Slides",
    ResourceKind.ASSESSMENT: "Assessment",
    ResourceKind.POLICY: "Policy",
    ResourceKind.RECORDING: "Recording",
    ResourceKind.LINKS: "Collection of links",
    ResourceKind.OTHER: "Something else",
}
LICENCE_NAMES = {
    Licence.NETWORK: "Within the network",
    Licence.BY: "Creative Commons Attribution 4.0 (CC BY 4.0)",
    Licence.BY_SA: "Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA 4.0)",
    Licence.BY_NC: "Creative Commons Attribution-NonCommercial 4.0 (CC BY-NC 4.0)",
    Licence.BY_NC_SA: "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 (CC BY-NC-SA 4.0)",
    Licence.BY_ND: "Creative Commons Attribution-NoDerivatives 4.0 (CC BY-ND 4.0)",
    Licence.BY_NC_ND: "Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 "
    "(CC BY-NC-ND 4.0)",
    Licence.ZERO: "Creative Commons Zero 1.0, no rights reserved (CC0 1.0)",
}
LICENCE_HINT = (
    "“Within the network” means that colleagues here may use and change it for their own pupils. "
    "If parts of it are somebody else’s, their licence must allow yours."
)
SHOWN_NAMES = {
    PupilsShown.NONE: "No",
    PupilsShown.WORK: "Only their work: no face, no name",
    PupilsShown.PUPILS: "Pupils who can be recognised",
}
AGREED = "Every family of a pupil who can be recognised agreed to this"
#: Whose a resource is that belongs to no school.
NO_SCHOOL = "The network"
NAME_NO_PUPIL = "Name no pupil, not even by a forename: every school reads this."


def years(resource: Resource) -> str:
    """Return "Years 5 to 6"."""
    return year_groups.range_name(resource.low_year, resource.high_year)


def subjects(resource: Resource) -> str:
    """Return "Design and technology, Science", in the order of the list."""
    chosen = {row.subject for row in resource.subjects}
    return ", ".join(name for each, name in SUBJECT_NAMES.items() if each in chosen)


def school_of(row: Resource | TriedNote) -> str:
    """Return whose something is, without anybody's name: "Ashdale School"."""
    return row.school.name if row.school else row.institution or NO_SCHOOL


def author(row: Resource | TriedNote) -> str:
    """Return who wrote something, and at which school; once they have left, the school alone."""
    school = school_of(row)
    return f"{row.author.name}, {school}" if row.author and author_is_there(row) else school


def author_is_there(row: Resource | TriedNote) -> bool:
    """Return whether whoever wrote something is still where they wrote it."""
    return row.author is not None and school_words.is_still_there(row.author, row.school)


def shows(version: ResourceVersion) -> str:
    """Return a sentence about pupils in a version; "" if it shows none of their work."""
    return {
        PupilsShown.NONE: "",
        PupilsShown.WORK: "Shows pupils’ work, and no pupil who could be recognised.",
        PupilsShown.PUPILS: "Shows pupils. Every family agreed to that; do not pass it on.",
    }[version.shown]


def event(title: str, first_starts_at: datetime | None) -> str:
    """Return an event in a list: "Bridges from paper, Friday 12 June 2026"."""
    if first_starts_at is None:
        return title
    return f"{title}, {terms.day_text(terms.london(first_starts_at).date())}"


def choices(names: dict[SubjectArea, str], used: Collection[SubjectArea]) -> list[tuple[str, str]]:
    """Return the subjects that something is about, for a filter."""
    return [(each.value, name) for each, name in names.items() if each in used]

"""What a resource may be: its kinds, subjects and licences, and what is refused.

A resource is written by adults for adults. It shows no pupil who could be recognised, unless every
family agreed; and nobody is named in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from booking.domain import links, year_groups
from booking.domain.problems import Problem

TITLE_MAX = 120
ABOUT_MAX = 2000
CHANGED_MAX = 200
NOTE_MAX = 1500
WORD_MAX = 500
#: More versions than this are another resource.
VERSIONS_MAX = 30
#: More subjects say nothing about what it is for.
SUBJECTS_MAX = 6


class ResourceKind(StrEnum):
    """What a resource is."""

    LESSON_PLAN = "lesson_plan"
    WORKSHEET = "worksheet"
    SLIDES = "slides"
    ASSESSMENT = "assessment"
    POLICY = "policy"
    RECORDING = "recording"
    LINKS = "links"
    OTHER = "other"


class Licence(StrEnum):
    """What others may do with a resource; the Creative Commons licences are those of version 4.0.

    The words are the names of their deeds at https://creativecommons.org/licenses/ and, for works
    without any rights, https://creativecommons.org/publicdomain/.
    """

    NETWORK = "network"
    BY = "by"
    BY_SA = "by-sa"
    BY_NC = "by-nc"
    BY_NC_SA = "by-nc-sa"
    BY_ND = "by-nd"
    BY_NC_ND = "by-nc-nd"
    ZERO = "zero"


class SubjectArea(StrEnum):
    """What a resource is about: the subjects of schools, and what colleagues do besides."""

    ART = "art"
    ASSESSMENT = "assessment"
    BUSINESS = "business"
    CITIZENSHIP = "citizenship"
    COMPUTING = "computing"
    DESIGN = "design"
    DRAMA = "drama"
    EARLY_YEARS = "early_years"
    ENGLISH = "english"
    GEOGRAPHY = "geography"
    HISTORY = "history"
    INCLUSION = "inclusion"
    LANGUAGES = "languages"
    LEADERSHIP = "leadership"
    MATHEMATICS = "mathematics"
    MUSIC = "music"
    PASTORAL = "pastoral"
    PHILOSOPHY = "philosophy"
    PHYSICAL_EDUCATION = "physical_education"
    RELIGION = "religion"
    SCIENCE = "science"
    OTHER = "other"


#: What people call each, in the order in which they choose.
SUBJECT_NAMES = {
    SubjectArea.ART: "Art",
    SubjectArea.BUSINESS: "Business and economics",
    SubjectArea.CITIZENSHIP: "Citizenship",
    SubjectArea.COMPUTING: "Computing",
    SubjectArea.DESIGN: "Design and technology",
    SubjectArea.DRAMA: "Drama",
    SubjectArea.EARLY_YEARS: "Early years",
    SubjectArea.ENGLISH: "English",
    SubjectArea.GEOGRAPHY: "Geography",
    SubjectArea.HISTORY: "History",
    SubjectArea.LANGUAGES: "Languages",
    SubjectArea.MATHEMATICS: "Mathematics",
    SubjectArea.MUSIC: "Music",
    SubjectArea.PHILOSOPHY: "Philosophy and thinking",
    SubjectArea.PHYSICAL_EDUCATION: "Physical education",
    SubjectArea.RELIGION: "Religious education",
    SubjectArea.SCIENCE: "Science",
    SubjectArea.ASSESSMENT: "Assessing and planning",
    SubjectArea.INCLUSION: "Inclusion and special needs",
    SubjectArea.LEADERSHIP: "Leading a school",
    SubjectArea.PASTORAL: "Pastoral care",
    SubjectArea.OTHER: "Another subject",
}


class PupilsShown(StrEnum):
    """Whether a version shows pupils."""

    NONE = "none"
    #: What they made, and none of themselves by whom they could be recognised.
    WORK = "work"
    #: Pupils who can be recognised: only where every family agreed.
    PUPILS = "pupils"


@dataclass(frozen=True)
class ResourceDetails:
    """What its author says about a resource, whichever its version."""

    title: str
    about: str
    kind: ResourceKind
    licence: Licence
    subjects: frozenset[SubjectArea]
    low_year: int
    high_year: int


def deed(licence: Licence) -> str:
    """Return where a licence says in short what it allows; "" for the network's own."""
    if licence is Licence.NETWORK:
        return ""
    if licence is Licence.ZERO:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    return f"https://creativecommons.org/licenses/{licence.value}/4.0/"


def problems(details: ResourceDetails) -> Iterator[Problem]:
    """Yield what is wrong with what is said about a resource, field by field."""
    if not details.title.strip():
        yield Problem("title", "Give it a title, such as “Bridges from paper”.")
    elif len(details.title) > TITLE_MAX:
        yield Problem("title", f"Shorten this to {TITLE_MAX} characters.")
    if not details.about.strip():
        yield Problem("about", "Say in a few words what it is and how you used it.")
    elif len(details.about) > ABOUT_MAX:
        yield Problem("about", f"Shorten this to {ABOUT_MAX:,} characters.")
    if not details.subjects:
        yield Problem("subjects", "Choose at least one subject.")
    elif len(details.subjects) > SUBJECTS_MAX:
        yield Problem("subjects", f"Choose at most {SUBJECTS_MAX}: those it is most about.")
    if not year_groups.NURSERY <= details.low_year <= details.high_year <= year_groups.YEAR_13:
        yield Problem("high_year", "The highest year group must not be below the lowest.")


def version_problems(
    *, has_file: bool, link: str, shown: PupilsShown, families_agreed: bool
) -> Iterator[Problem]:
    """Yield what is wrong with a version: a file or a link, in which no pupil is shown unasked."""
    if has_file and link.strip():
        yield Problem("link", "Give a file or a link, not both.")
    elif not has_file and not link.strip():
        yield Problem("file", "Choose a file, or give a link.")
    elif link.strip():
        try:
            links.tidy(link)
        except links.NotALink as error:
            yield Problem("link", str(error))
    if shown is PupilsShown.PUPILS and not families_agreed:
        yield Problem(
            "families_agreed",
            "Pupils can be recognised, so every family must have agreed. Tick that they did, or "
            "choose a version that shows their work alone.",
        )


def licence_problems(licence: Licence, shown: Iterable[PupilsShown]) -> Iterator[Problem]:
    """Yield why a resource cannot have a licence: nobody else may pass on what shows pupils."""
    if licence is not Licence.NETWORK and PupilsShown.PUPILS in shown:
        yield Problem(
            "licence",
            "Pupils can be recognised in it, and nobody can take a Creative Commons licence back. "
            "Choose “Within the network”.",
        )


def note_problems(*, worked: str, did_not: str, year: int | None) -> Iterator[Problem]:
    """Yield what is wrong with what somebody says who tried a resource."""
    if not worked.strip() and not did_not.strip():
        yield Problem("worked", "Say what worked, or what did not.")
    for name, said in (("worked", worked), ("did_not", did_not)):
        if len(said) > NOTE_MAX:
            yield Problem(name, f"Shorten this to {NOTE_MAX:,} characters.")
    if year not in year_groups.ALL:
        yield Problem("year", "Choose the year group with which you tried it.")


def host_of(link: str) -> str:
    """Return the site that a link leads to, without its path: "maths.example"."""
    return link.removeprefix("https://").partition("/")[0].partition("?")[0].partition("#")[0]

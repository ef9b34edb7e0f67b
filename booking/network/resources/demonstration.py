"""The demonstration's resources: seven that colleagues share, with notes and a problem."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.domain.resourcing import (
    Licence,
    PupilsShown,
    ResourceDetails,
    ResourceKind,
    SubjectArea,
)
from booking.foundation.db import db, transaction
from booking.foundation.files import imports
from booking.network.resources import service
from booking.network.resources.details import NoteDetails, VersionContent
from booking.network.resources.models import Resource
from booking.people.schools.scene import Scene


@dataclass(frozen=True)
class ResourceScript:
    """A resource of the demonstration; its versions are (what changed, file name or "", content).

    A content without a file name is a link.
    """

    slug: str
    title: str
    about: str
    kind: ResourceKind
    subjects: frozenset[SubjectArea]
    years: tuple[int, int]
    versions: tuple[tuple[str, str, str], ...]
    licence: Licence = Licence.NETWORK
    shown: PupilsShown = PupilsShown.NONE
    #: Who tried it: the school's slug, what worked, what did not, with which year.
    notes: tuple[tuple[str, str, str, int], ...] = field(default=())


_BRIDGES = (
    "Bridges from paper\n\n1. Ten minutes: look at three pictures of bridges. What holds them up?\n"
    "2. One sheet of A4 between two tables, 20 cm apart. How many coins does it carry?\n"
    "3. Fold, roll, cut. No glue in the first round.\n4. Say why the best one is the best.\n"
)
RESOURCES = (
    ResourceScript(
        "tindlebrook",
        "Bridges from paper",
        "A lesson of an hour for pairs: one sheet, twenty coins, and a reason for every fold. We "
        "use it before the engineering day.",
        ResourceKind.LESSON_PLAN,
        frozenset({SubjectArea.DESIGN, SubjectArea.SCIENCE}),
        (4, 6),
        (
            ("", "bridges.txt", _BRIDGES),
            (
                "A second round with glue, and questions to ask while they build",
                "bridges-2.txt",
                _BRIDGES + "5. Round two: glue, and half the paper.\n\nAsk: where will it break?\n",
            ),
        ),
        Licence.BY_SA,
        notes=(
            ("millrace", "Pairs talked about forces without being asked to.", "", 5),
            (
                "hollow-lane",
                "The coins: everybody wanted one more.",
                "Twenty centimetres is too far in Year 3. We took twelve.",
                3,
            ),
        ),
    ),
    ResourceScript(
        "copperbeck",
        "Thirty problems without a number",
        "Cards to cut out. Each asks what would have to be known before anybody can work it out.",
        ResourceKind.WORKSHEET,
        frozenset({SubjectArea.MATHEMATICS, SubjectArea.PHILOSOPHY}),
        (5, 9),
        (
            (
                "",
                "problems.csv",
                "Card,Problem\n1,How long does it take to fill the hall with footballs?\n"
                "2,Which is further: round the school or round the world in a book?\n"
                "3,How many people in this town are asleep now?\n",
            ),
        ),
        Licence.BY,
        notes=(("aldermere-upper", "A whole lesson from card 3.", "Print it larger.", 8),),
    ),
    ResourceScript(
        "aldermere-upper",
        "Enquiry with a picture book",
        "Slides and questions from the evening on philosophy with children.",
        ResourceKind.LINKS,
        frozenset({SubjectArea.PHILOSOPHY, SubjectArea.ENGLISH}),
        (1, 6),
        (("", "", "https://library.fairplace.example/philosophy-with-children"),),
    ),
    ResourceScript(
        "millrace",
        "What able pupils told us",
        "How we ask pupils twice a year, on paper and without names, and what we do with it.",
        ResourceKind.POLICY,
        frozenset({SubjectArea.LEADERSHIP, SubjectArea.PASTORAL}),
        (7, 11),
        (
            (
                "",
                "asking-pupils.txt",
                "Asking pupils\n\nWhen: October and May.\nHow: five questions on paper, no names.\n"
                "Afterwards: one page to the governors, and one thing that changes.\n",
            ),
        ),
    ),
    ResourceScript(
        "quill-valley",
        "Chemistry in colours: the recording",
        "Our technician shows six reactions; the camera sees the bench and nobody’s face.",
        ResourceKind.RECORDING,
        frozenset({SubjectArea.SCIENCE}),
        (3, 8),
        (("", "", "https://films.fairplace.example/chemistry-in-colours"),),
        Licence.BY_NC,
        PupilsShown.WORK,
    ),
    ResourceScript(
        "osier-bridge",
        "A rubric for projects",
        "Four columns that pupils fill in about their own project before we do.",
        ResourceKind.ASSESSMENT,
        frozenset({SubjectArea.ASSESSMENT, SubjectArea.DESIGN}),
        (5, 8),
        (
            ("", "rubric.csv", "What,Not yet,Beginning,In place,Strong\nThe question,,,,\n"),
            (
                "“What I would do next” added",
                "rubric.csv",
                "What,Not yet,Beginning,In place,Strong\nThe question,,,,\nThe evidence,,,,\n"
                "What I would do next,,,,\n",
            ),
        ),
        Licence.ZERO,
    ),
    ResourceScript(
        "kestrelmere",
        "Glassware: what to borrow and from whom",
        "A list of what we lend to other schools, and how to carry it.",
        ResourceKind.OTHER,
        frozenset({SubjectArea.SCIENCE}),
        (3, 11),
        (("", "glassware.csv", "What,How many\nBeakers 250 ml,12\nTest tubes,60\n"),),
    ),
)
PROBLEM = "The second page still has last year’s date for the engineering day."


def share(scene: Scene, now: datetime) -> None:
    """Share them, one every few days; one is with a coming event, and one has a problem."""
    made = [
        _shared(scene, scene.day(5 * (len(RESOURCES) - n)), script)
        for n, script in enumerate(RESOURCES)
    ]
    coming = (
        select(Event)
        .where(Event.state.in_(event_states.TAKES_PLACE), Event.first_starts_at > now)
        .order_by(Event.first_starts_at, Event.id)
        .limit(1)
    )
    with transaction():
        for event in db.session.scalars(coming).all():
            host = scene.host_of(event.host_school.slug)
            for resource in made[:2]:
                service.put_with(actor=host, now=now, event=event, resource=resource)
        teller = scene.coordinator_of(scene.schools["millrace"])
        service.tell_problem(actor=teller, now=now, resource=made[0], told=PROBLEM)


def _shared(scene: Scene, now: datetime, script: ResourceScript) -> Resource:
    school = scene.schools[script.slug]
    author = scene.coordinator_of(school)
    first, *later = script.versions
    with transaction():
        resource = service.add(
            actor=author,
            now=now,
            school_id=school.id,
            details=ResourceDetails(
                script.title,
                script.about,
                script.kind,
                script.licence,
                script.subjects,
                *script.years,
            ),
            content=_content(script, first),
            quota_bytes=imports.BYTES_MAX,
        )
        for version in later:
            service.add_version(
                actor=author,
                now=now + timedelta(days=2),
                resource=resource,
                content=_content(script, version),
                changed=version[0],
                quota_bytes=imports.BYTES_MAX,
            )
        for slug, worked, did_not, year in script.notes:
            at = scene.schools[slug]
            service.write_note(
                actor=scene.coordinator_of(at),
                now=now + timedelta(days=3),
                resource=resource,
                school_id=at.id,
                details=NoteDetails(worked, did_not, year),
            )
    return resource


def _content(script: ResourceScript, version: tuple[str, str, str]) -> VersionContent:
    _changed, name, content = version
    if not name:
        return VersionContent(link=content, shown=script.shown)
    return VersionContent(imports.read(name, content.encode()), shown=script.shown)

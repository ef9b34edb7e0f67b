"""The visit pack: what a school's approval system asks about a visit, in one structure.

The text to paste and the PDF are both drawn from `VisitPack.sections`, so they cannot differ. It
says what is known and nothing else; what is missing is listed beside it. It has the pupils' names
and years, and nothing of what they need: that is on the coach list, in its own days.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from booking.days.events import labels as event_labels
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.domain import english, terms, year_groups
from booking.domain.permissions import Actor
from booking.foundation import contacts
from booking.on_the_day.rosters import windows
from booking.on_the_day.travel import words
from booking.on_the_day.travel.pages.facts import VisitFacts, facts_of
from booking.people.schools.models import School


@dataclass(frozen=True)
class PackLine:
    """One thing that is said, and what it is called; without a name it stands by itself."""

    label: str
    text: str

    def __str__(self) -> str:
        """Write "Purpose: …"."""
        return f"{self.label}: {self.text}" if self.label else self.text


@dataclass(frozen=True)
class PackSection:
    """A part of the pack under its heading."""

    heading: str
    lines: Sequence[PackLine]


@dataclass(frozen=True)
class NotSaid:
    """Something that nobody has said, and the page where it is said; none if it is the host's."""

    said: str
    endpoint: str = ""
    parts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VisitPack:
    """Everything about one school's visit to one event."""

    title: str
    school: str
    made_at: datetime
    sections: Sequence[PackSection]
    missing: Sequence[NotSaid]
    #: Whom to ask for what only the host can say.
    host_contact: str
    destroy_after: str

    @property
    def text(self) -> str:
        """The text to paste."""
        parts = [f"Visit pack: {self.title}\n{self.school}"]
        for section in self.sections:
            parts.append("\n".join([section.heading, *(f"- {line}" for line in section.lines)]))
        return "\n\n".join(parts) + "\n"


def visit_pack(event: Event, school: School, *, actor: Actor, now: datetime) -> VisitPack:
    """Return the pack as it stands now."""
    facts = facts_of(event, school, actor=actor)
    sections = (
        ("The visit", _visit(facts)),
        ("When", _when(facts)),
        ("Where", _where(facts)),
        ("Adults and supervision", _adults(facts)),
        ("The way there and back", _travel(facts)),
        ("First aid", _first_aid(facts)),
        ("Safeguarding", _safeguarding(facts)),
        ("Risks", _risks(facts)),
        ("Files of the host", ((file.label, f"{file.name}, {file.url}") for file in facts.files)),
        ("Whom to ring at school", _base(facts)),
        ("Pupils", _pupils(facts)),
    )
    drawn = [PackSection(heading, _said(pairs)) for heading, pairs in sections]
    return VisitPack(
        title=event.title,
        school=school.name,
        made_at=now,
        sections=[section for section in drawn if section.lines],
        missing=list(_missing(facts)),
        host_contact=facts.host_contact,
        destroy_after=terms.day_text(windows.days_of(event).destroy_after),
    )


#: What hosts call the file of it.
RISKS = "Risk assessment"
#: What a line is called, and what it says; "" is not said.
_Pairs = Iterable[tuple[str, str]]


def _said(pairs: _Pairs) -> list[PackLine]:
    return [PackLine(label, text.strip()) for label, text in pairs if text.strip()]


def _visit(facts: VisitFacts) -> _Pairs:
    event = facts.event
    yield "Event", event.title
    yield "Purpose", event.intended_impact or event.concept
    yield "What pupils do", event.concept if event.intended_impact else ""
    yield event_labels.of("led_by"), event.led_by
    yield "Host", event.host_school.name


def _when(facts: VisitFacts) -> _Pairs:
    for date in event_words.dates(facts.event):
        yield "Event", date
    arrival = facts.arrival
    if arrival is not None:
        yield "Leaving school", words.at(arrival.leaves)
        yield "Arriving", words.at(arrival.arrives)
        yield "Back at school", words.at(arrival.back)


def _where(facts: VisitFacts) -> _Pairs:
    yield "Venue", event_words.where(facts.event)
    yield "Host’s contact", facts.host_contact
    yield "Brought and picked up", facts.notes.drop_off


def _adults(facts: VisitFacts) -> _Pairs:
    for adult in facts.adults:
        role = "Visit leader" if adult.leads else "Accompanying adult"
        trained = ", first aid" if adult.gives_first_aid else ""
        yield role, f"{adult.name}, {contacts.readable_phone(adult.mobile)}{trained}"
    pupils, adults = len(facts.pupils), len(facts.adults)
    if pupils and adults:
        yield "Ratio", ratio(pupils, adults)
    yield "Why this is enough", facts.plan.supervision if facts.plan else ""


def ratio(pupils: int, adults: int) -> str:
    """Return how many pupils there are to each adult: "24 pupils, 4 adults: 6 to each"."""
    each = ceil(pupils / adults)
    at_most = "" if pupils % adults == 0 else "at most "
    return (
        f"{english.plural(pupils, 'pupil')}, {english.plural(adults, 'adult')}: "
        f"{at_most}{each} to each"
    )


def _travel(facts: VisitFacts) -> _Pairs:
    yield "By", facts.arrival.how if facts.arrival else ""
    for share in facts.seats:
        yield "Shared", words.of_share(share)


def _first_aid(facts: VisitFacts) -> _Pairs:
    yield "At the venue", facts.notes.first_aid
    yield "Our own", facts.plan.first_aid if facts.plan else ""
    trained = [adult.name for adult in facts.adults if adult.gives_first_aid]
    yield "Trained adults", english.listed(trained) if trained else ""


def _safeguarding(facts: VisitFacts) -> _Pairs:
    yield "Designated safeguarding lead at the venue", facts.safeguarding


def _risks(facts: VisitFacts) -> _Pairs:
    yield "From the host", facts.notes.risks
    yield "Meeting point at the venue", facts.notes.meeting_point
    yield "If our group is separated", facts.plan.meeting_point if facts.plan else ""


def _base(facts: VisitFacts) -> _Pairs:
    yield "Base contact", facts.base
    yield "School’s emergency number", facts.school_phone


def _pupils(facts: VisitFacts) -> _Pairs:
    if facts.pupils:
        yield "Coming", english.plural(len(facts.pupils), "pupil")
    if facts.unanswered:
        yield "Not confirmed yet", english.plural(facts.unanswered, "pupil")
    for pupil in facts.pupils:
        yield "", f"{pupil.name.strip()}, {year_groups.name(pupil.year_group)}"


def _missing(facts: VisitFacts) -> Iterator[NotSaid]:
    """Yield what is not said: first the school's own, then the host's."""
    plan, arrival, notes = facts.plan, facts.arrival, facts.notes
    of_event = {"slug": facts.event.slug}
    own = {
        "how your pupils travel": arrival and arrival.how,
        "when you leave school": arrival and arrival.leaves,
        "when you arrive": arrival and arrival.arrives,
        "when you are back": arrival and arrival.back,
        "who the base contact is": plan and plan.base_name,
        "the base contact’s telephone": plan and plan.base_phone,
        "why these adults are enough": plan and plan.supervision,
        "your own first aid": plan and plan.first_aid,
    }
    yield from (NotSaid(said, "travel.plan", of_event) for said, told in own.items() if not told)
    if not facts.adults:
        yield NotSaid("who accompanies your pupils", "rosters.adults", of_event)
    elif not any(adult.leads for adult in facts.adults):
        yield NotSaid("who leads the visit", "rosters.adults", of_event)
    if not facts.school_phone:
        yield NotSaid("your school’s emergency number", "own_school.details")
    if not facts.pupils:
        yield NotSaid("which pupils come", "school.event", of_event)
    hosts = {
        "who gives first aid at the venue": notes.first_aid,
        "who the safeguarding lead at the venue is": notes.safeguarding_name,
        "what the risks are": notes.risks or any(file.label == RISKS for file in facts.files),
        "where pupils are brought and picked up": notes.drop_off,
    }
    yield from (NotSaid(said) for said, told in hosts.items() if not told)

"""The emergency card for an adult's pocket: whom to ring, where, what to do; no pupil's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.domain import english, terms
from booking.domain.permissions import Actor
from booking.on_the_day.rosters import windows
from booking.on_the_day.travel.pages.facts import facts_of
from booking.people.schools.models import School

STEPS = (
    "Move everybody out of danger, keep them together, and count.",
    "Somebody hurt: first aid; ring 999 if it is serious. One adult stays with the child.",
    "Ring the base contact: who, where, what has happened, what you need.",
    "Tell the host. The school rings the families, not you.",
    "A worry for a child: tell the safeguarding lead today. Promise no secrecy.",
    "Note times and what was done. Say nothing to the press, post nothing.",
)


@dataclass(frozen=True)
class EmergencyCard:
    """What stands on each card; what nobody has said is left out."""

    title: str
    school: str
    made_at: datetime
    #: What a line is called, and what it says.
    lines: Sequence[tuple[str, str]]
    steps: Sequence[str]
    destroy_after: str


def emergency_card(event: Event, school: School, *, actor: Actor, now: datetime) -> EmergencyCard:
    """Return the card as it stands now."""
    facts = facts_of(event, school, actor=actor)
    meeting = (facts.plan.meeting_point if facts.plan else "") or facts.notes.meeting_point
    lines = (
        ("When", event_words.when(event)),
        ("Where", event_words.where(event)),
        ("Base contact", facts.base),
        ("School’s emergency number", facts.school_phone),
        ("Host", facts.host_contact),
        ("Safeguarding lead there", facts.safeguarding),
        ("Meeting point", meeting),
        ("Our group", _group(len(facts.pupils), len(facts.adults))),
    )
    return EmergencyCard(
        title=event.title,
        school=school.name,
        made_at=now,
        lines=[(label, text) for label, text in lines if text],
        steps=STEPS,
        destroy_after=terms.day_text(windows.days_of(event).destroy_after),
    )


def _group(pupils: int, adults: int) -> str:
    parts = [english.plural(pupils, "pupil")] if pupils else []
    parts += [english.plural(adults, "adult")] if adults else []
    return ", ".join(parts)

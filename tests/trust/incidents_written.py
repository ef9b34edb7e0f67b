"""What is written down about pupils on the day: marked for those who look after them."""

from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.incidents import IncidentKind
from booking.foundation.db import db, transaction
from booking.on_the_day.incidents import service as incidents
from booking.on_the_day.incidents.details import IncidentFacts
from booking.on_the_day.incidents.models import Callee, CallResult, Incident
from tests.builders import schools as people
from tests.trust.canaries import Canaries


def build(emails: dict[str, str], event: Event, booking_id: str, mark: Canaries) -> dict[str, str]:
    """Write down first aid and a search for a school's pupil, and a call; its words are marked."""
    host = people.actor_of(people.person_of(emails["host"]))
    own = people.actor_of(people.person_of(emails["own" if mark.letter == "a" else "other"]))
    at = event.dates[0].starts_at + timedelta(hours=1)
    with transaction():
        booking = db.session.scalars(select(Booking).where(Booking.public_id == booking_id)).one()
        made = {
            name: incidents.write(
                actor=host,
                now=at,
                event=booking.event,
                kind=kind,
                happened=_happened(at, mark),
                booking_ids=[booking.id],
            )
            for name, kind in (
                ("incident", IncidentKind.FIRST_AID),
                ("search", IncidentKind.MISSING),
            )
        }
        _add(made["incident"], own, at, mark)
        incidents.note_call(
            actor=host,
            now=at,
            day=booking.event.dates[0],
            booking=booking,
            callee=Callee.ADULT,
            result=CallResult.SPOKE,
            learnt=mark.word("learnt", mark.needs),
        )
        return {name: incident.public_id for name, incident in made.items()}


def _happened(at: object, mark: Canaries) -> IncidentFacts:
    what, place, done, told = (
        mark.word(name, mark.needs) for name in ("what", "place", "done", "told")
    )
    return IncidentFacts(at, what, place, done, told)  # type: ignore[arg-type]


def _add(incident: Incident, own: object, at: object, mark: Canaries) -> None:
    facts = {"actor": own, "now": at, "incident": incident}
    private, shared = mark.word("note", mark.private), mark.word("note", mark.needs)
    incidents.add(**facts, text=private, for_school_only=True)  # type: ignore[arg-type]
    incidents.add(**facts, text=shared)  # type: ignore[arg-type]
    incidents.close(**facts, outcome=mark.word("outcome", mark.needs))  # type: ignore[arg-type]

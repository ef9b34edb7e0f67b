"""What `incidents` holds about one person."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from booking.foundation.holdings import Concerned, Part
from booking.on_the_day.incidents.models import (
    Call,
    Incident,
    IncidentNote,
    IncidentPupil,
    StepTaken,
)


def _incidents(subject: Concerned) -> Select[int]:
    return select(IncidentPupil.incident_id).where(IncidentPupil.booking_id.in_(subject.bookings))


def parts() -> Sequence[Part]:
    """Return the incidents of a pupil, and the calls about them. Other children are not named."""
    return (
        Part(
            "Incidents",
            Incident,
            family=lambda subject: Incident.id.in_(_incidents(subject)),
            by_staff=True,
        ),
        Part("Incidents about the pupil", IncidentPupil),
        Part(
            "What was added to incidents",
            IncidentNote,
            family=lambda subject: IncidentNote.incident_id.in_(_incidents(subject)),
            by_staff=True,
        ),
        Part(
            "Steps taken to find the pupil",
            StepTaken,
            family=lambda subject: StepTaken.incident_id.in_(_incidents(subject)),
        ),
        Part(
            "Calls about the pupil",
            Call,
            by_staff=True,
        ),
    )


def readings() -> Sequence[str]:
    """Return by which acts incidents are read."""
    return ("read_incident",)

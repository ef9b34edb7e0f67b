"""One incident, as the host's staff or the pupils' own school read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.domain import incidents
from booking.domain.incidents import KEPT_WORDS, KIND_WORDS, STEP_WORDS, IncidentKind, MissingStep
from booking.domain.permissions import Actor
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.models import Incident, IncidentNote, StepTaken


@dataclass(frozen=True)
class StepLine:
    """A step of a search, and who took it."""

    step: MissingStep
    words: str
    taken: StepTaken | None


@dataclass(frozen=True)
class IncidentPage:
    """What one reader sees of an incident."""

    incident: Incident
    kind: str
    pupils: Sequence[str]
    notes: Sequence[IncidentNote]
    #: The steps in order, if it is a search.
    steps: Sequence[StepLine]
    #: When 999 is rung by the host's plan, if it is a search that goes on.
    police_at: datetime | None
    may_change: bool
    for_school: bool
    kept: str

    @property
    def waits_for_school(self) -> bool:
        """Whether nobody at the pupils' own school has opened it yet."""
        return self.incident.school_id is not None and self.incident.opened_at is None


def at_host(incident: Incident, *, actor: Actor, now: datetime) -> IncidentPage:
    """Return it for the host's staff: without what only the school reads."""
    return _page(incident, actor, now, for_school=False)


def at_school(incident: Incident, *, actor: Actor, now: datetime) -> IncidentPage:
    """Return it for the pupils' own school."""
    return _page(incident, actor, now, for_school=True)


def _page(incident: Incident, actor: Actor, now: datetime, *, for_school: bool) -> IncidentPage:
    searches = incident.kind is IncidentKind.MISSING
    going_on = searches and incident.closed_at is None
    plan = queries.times(incident.event_id).police_after
    return IncidentPage(
        incident=incident,
        kind=KIND_WORDS[incident.kind],
        pupils=[one.booking.pupil.name.strip() for one in incident.pupils],
        notes=queries.notes(incident.id, for_school=for_school),
        steps=_steps(incident) if searches else [],
        police_at=incidents.ring_999_at(incident.happened_at, plan) if going_on else None,
        may_change=queries.may_change(incident, actor.person_id, now=now),
        for_school=for_school,
        kept=KEPT_WORDS[incident.kept_for],
    )


def _steps(incident: Incident) -> Sequence[StepLine]:
    taken = {one.step: one for one in queries.steps(incident.id)}
    return [StepLine(step, STEP_WORDS[step], taken.get(step)) for step in MissingStep]

"""What the page about the end of a day shows, worked out before its template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.domain import closing_day, english, lost_property, money, permissions, terms
from booking.domain.closing_day import DateRegister, DayStage
from booking.domain.lost_property import LostState
from booking.domain.permissions import Action, Actor, Scope
from booking.money.claims import pages as claim_pages
from booking.network.circulars import words as circular_words
from booking.network.circulars.models import Circular
from booking.on_the_day.closing import ports, queries, words
from booking.on_the_day.closing.models import DayClosing, LostThing


@dataclass(frozen=True)
class ThingLine:
    """A lost thing, what became of it, and what its host can do."""

    public_id: str
    words: str
    status: tuple[str, str]
    #: Moves of the host's, each with its label.
    moves: Sequence[tuple[LostState, str]]
    may_remove: bool


@dataclass(frozen=True, kw_only=True)
class DayPage:
    """Everything that is left to do after an event."""

    stage: DayStage
    closing: DayClosing | None
    #: The last closing that was taken back.
    reopened: DayClosing | None
    #: Whether this person may do what is left to do, and does not only look on.
    may_act: bool
    registers: Sequence[DateRegister]
    #: What else keeps the day open.
    blockers: Sequence[ports.Blocker]
    #: Who came: "22 pupils from 9 schools"; "" while nobody is marked.
    came: str
    #: What was last written to the schools that came.
    thanks: Circular | None
    things: Sequence[ThingLine]
    #: What the event was to cost, line by line, and what it has cost so far.
    budget: Sequence[tuple[str, str]]
    reflected: Sequence[tuple[str, str]]
    for_colleagues: bool
    #: What other features add.
    more: Sequence[ports.AfterStep]
    last_on: date
    today: date

    @property
    def to_mark(self) -> list[DateRegister]:
        """The registers that are not complete and still can be."""
        return closing_day.to_mark(self.registers)

    @property
    def may_close(self) -> bool:
        """Whether one press closes the day."""
        return self.stage is DayStage.OPEN and not self.to_mark and not self.blockers

    @property
    def may_reopen(self) -> bool:
        """Whether a closed day can be opened again."""
        return self.closing is not None and closing_day.may_reopen(self.last_on, self.today)

    @property
    def reopens_until(self) -> str:
        """The last day on which it can be opened again, and its register corrected."""
        return terms.day_text(closing_day.last_day_to_reopen(self.last_on))

    @property
    def thanks_status(self) -> tuple[str, str]:
        """How far the thanks have got."""
        return circular_words.status(self.thanks) if self.thanks else ("Not begun", "neutral")


def day_page(event: Event, *, actor: Actor, now: datetime) -> DayPage:
    """Return what the page about the end of a day shows to somebody."""
    closing, reflection = queries.standing(event.id), queries.reflection(event.id)
    ends_at = max(day.ends_at for day in event.dates)
    return DayPage(
        stage=closing_day.stage(
            takes_place=event.state in event_states.TAKES_PLACE,
            last_ends_at=event.last_ends_at,
            is_closed=closing is not None,
            now=now,
        ),
        closing=closing,
        reopened=queries.last_reopened(event.id),
        may_act=permissions.may(actor, Action.EDIT_EVENT, Scope(event.host_school_id, event.id)),
        registers=queries.registers(event, now),
        blockers=list(chain.from_iterable(ports.blockers(event, now=now))),
        came=_came(event),
        thanks=queries.thanks(event),
        things=thing_lines(event, now),
        budget=_budget(event),
        reflected=queries.reflected(reflection) if reflection else [],
        for_colleagues=reflection is not None and reflection.for_colleagues,
        more=list(chain.from_iterable(ports.after_the_day(event, actor=actor, now=now))),
        last_on=terms.london(ends_at).date(),
        today=terms.london(now).date(),
    )


def _came(event: Event) -> str:
    pupils, schools = queries.came(event.id)
    if not pupils:
        return ""
    return f"{english.plural(pupils, 'pupil')} from {english.plural(schools, 'school')}"


def _budget(event: Event) -> list[tuple[str, str]]:
    lines = event.cost_lines
    rows: list[tuple[str, str]] = [(line.label, money.pounds(line.pence)) for line in lines]
    if rows:
        rows.append(("Budget", money.pounds(sum(line.pence for line in lines))))
    rows.append(("Paid so far", money.pounds(queries.cost_pence(event.id))))
    return [*rows, *claim_pages.event_facts(event)]


def thing_lines(event: Event, now: datetime) -> list[ThingLine]:
    """Return what was left behind, with what its host can do about each."""
    return [_line(thing, now) for thing in queries.things(event.id)]


def _line(thing: LostThing, now: datetime) -> ThingLine:
    moves = []
    if thing.state in (LostState.LISTED, LostState.CLAIMED):
        moves.append((LostState.GIVEN_BACK, "Given back"))
    if lost_property.may_dispose(thing.state, thing.kept_until, terms.london(now).date()):
        moves.append((LostState.DISPOSED, "It is gone"))
    if thing.state is not LostState.LISTED:
        moves.append((LostState.LISTED, "Put back on the list"))
    return ThingLine(
        public_id=thing.public_id,
        words=words.listed(thing),
        status=words.status(thing),
        moves=moves,
        may_remove=thing.state is LostState.LISTED,
    )


def usual_last_day(now: datetime) -> dict[str, object]:
    """Return until when a thing is usually kept, as the form begins."""
    today = terms.london(now).date()
    return {"kept_until": today + timedelta(days=lost_property.KEPT_USUALLY.days)}

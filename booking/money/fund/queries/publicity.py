"""What everybody may see about where fees went: closed events with at least five payers."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from booking.days.events.models import Event, EventState
from booking.domain import terms
from booking.domain.charging import FeeKind
from booking.domain.ledger import Fund, accounts, story
from booking.domain.ledger.story import EventFigures, Went
from booking.foundation.db import THE_ROW, db
from booking.money.fund import ports
from booking.money.fund.models import Publicity
from booking.money.fund.queries.balances import moved
from booking.money.fund.queries.events import EventSums, sums_of

#: Fees that parents are asked for; what schools pay is between them and the network.
ASKED = (FeeKind.VOLUNTARY_CONTRIBUTION, FeeKind.CHARGE)
#: A year is shown per pound, because its events had different fees.
POUND = 100


@dataclass(frozen=True)
class FeeStory:
    """How much of each fee, or of each pound, went where."""

    of_each_pence: int
    told: list[Went]

    @property
    def sentence(self) -> str:
        """Return it as a sentence."""
        return story.sentence(self.of_each_pence, self.told)


@dataclass(frozen=True)
class YearStory:
    """A school year: each pound of the events that may be shown, and the training it paid for."""

    year: str
    events: list[tuple[Event, FeeStory]]
    of_each_pound: FeeStory | None
    #: What the CPD fund was spent on in the year: (account, pence).
    training: list[tuple[str, int]]


def is_shown() -> bool:
    """Return whether everybody may see where fees went."""
    row = db.session.get(Publicity, THE_ROW)
    return row is not None and row.shown


def _closed() -> Select[Event]:
    return select(Event).where(
        Event.state == EventState.CLOSED, Event.fee_kind.in_(ASKED), Event.fee_pence > 0
    )


def event_story(event: Event) -> FeeStory | None:
    """Return where an event's fee went, or None while that may not be shown."""
    if event.state is not EventState.CLOSED or event.fee_kind not in ASKED or not event.fee_pence:
        return None
    told = _figures([event])
    return _story(event.fee_pence, [told[event.id]]) if event.id in told else None


def year_story(year: str) -> YearStory:
    """Return where the fees of a school year's events went, in four queries.

    Only events that are shown one by one count, so that nobody can work out others by subtracting.
    """
    first_on, last_on = terms.school_year_bounds(year)
    events = [
        event
        for event in db.session.scalars(_closed().order_by(Event.first_starts_at, Event.id))
        if event.first_starts_at and _is_within(event, first_on, last_on)
    ]
    told = _figures(events)
    stories = [(e, _story(e.fee_pence, [told[e.id]])) for e in events if e.id in told]
    return YearStory(
        year,
        [(event, of) for event, of in stories if of],
        _story(POUND, list(told.values())),
        _training(first_on, last_on),
    )


def _is_within(event: Event, first_on: date, last_on: date) -> bool:
    assert event.first_starts_at is not None, "asked for by its date"
    return first_on <= terms.london(event.first_starts_at).date() <= last_on


def _figures(events: list[Event]) -> dict[int, EventFigures]:
    """Return the money of the events that may be shown."""
    ids = [event.id for event in events]
    payers, sums = ports.payers(ids), sums_of(ids)
    found = {event_id: _of(sums[event_id]) for event_id in ids}
    return {
        event_id: figures
        for event_id, figures in found.items()
        if story.may_tell(figures, payers.get(event_id, 0))
    }


def _of(sums: EventSums) -> EventFigures:
    came: dict[Fund, int] = {}
    for (_, fund), pence in sums.parts.items():
        came[fund] = came.get(fund, 0) + pence
    return EventFigures(came, sums.costs)


def _story(of_each_pence: int, figures: list[EventFigures]) -> FeeStory | None:
    told = story.destinations(figures)
    return FeeStory(of_each_pence, story.of_each(of_each_pence, told)) if told else None


def _training(first_on: date, last_on: date) -> list[tuple[str, int]]:
    spent = moved(first_on=first_on, last_on=last_on)
    kinds = (accounts.SPEAKERS, accounts.COURSE_SUBSIDIES)
    return [(name, pence) for name in kinds if (pence := spent.get((name, Fund.CPD), 0)) > 0]

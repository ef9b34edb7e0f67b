"""What the listing and the event page show, ready for the templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from booking.days.events import labels, ports, states, words
from booking.days.events.details import DEADLINES
from booking.days.events.models import Event, EventDate, EventFeePart, EventState, Sharing
from booking.domain import charging, money, terms
from booking.domain.funds import Fund
from booking.foundation.web import addresses


@dataclass(frozen=True)
class DateBlock:
    """A date drawn like a calendar page; the words beside it say the same."""

    weekday: str
    day: str
    month: str
    year: str = ""
    more: str = ""


@dataclass(frozen=True)
class Stage:
    """A key date of an event: what happens, when, and "Past", "Now", "Next" or ""."""

    label: str
    when: str
    word: str


@dataclass(frozen=True)
class Card:
    """An event in a listing."""

    url: str
    title: str
    host_name: str
    when_text: str
    date_block: DateBlock
    year_range_text: str
    theme: str
    fee_text: str
    places_left_text: str
    status_tag: words.Status
    #: The month that it is listed under: "June 2026".
    month: str


def cards(events: Iterable[Event], *, left: Mapping[int, int], now: datetime) -> list[Card]:
    """Return cards for these events; `left` is how many places nobody holds."""
    return [_card(event, left.get(event.id), now) for event in events]


def _card(event: Event, left: int | None, now: datetime) -> Card:
    shown = next_date(event, now)
    return Card(
        url=addresses.EVENT(slug=event.slug),
        title=event.title,
        host_name=event.host_school.name,
        when_text=words.when(event),
        date_block=_block(event, shown, now),
        year_range_text=words.years(event),
        theme=event.theme,
        fee_text=words.fee(event),
        places_left_text=words.card_places(event, now=now, left=_to_be_had(event, left, now)),
        status_tag=words.status(event, now=now, left=left),
        month=f"{terms.london(shown.starts_at):%B %Y}" if shown else "",
    )


def work_cards(events: Iterable[Event], *, left: Mapping[int, int], now: datetime) -> list[Card]:
    """Return cards for these events for the people who work on them."""
    return [
        replace(_card(event, left.get(event.id), now), url=addresses.HOST_EVENT(slug=event.slug))
        for event in events
    ]


def next_date(event: Event, now: datetime) -> EventDate | None:
    """Return the next date of an event, or its first if all are over; None without dates."""
    coming = (date for date in event.dates if date.ends_at > now)
    return next(coming, event.dates[0] if event.dates else None)


def _to_be_had(event: Event, left: int | None, now: datetime) -> int | None:
    """Return how many places are left; None once the event is over and it no longer matters."""
    return None if states.is_over(event, now) else left


def _block(event: Event, shown: EventDate | None, now: datetime) -> DateBlock:
    if shown is None:
        return DateBlock("Date", "?", "to come")
    local = terms.london(shown.starts_at)
    others = sum(date.starts_at > shown.starts_at for date in event.dates)
    return DateBlock(
        weekday=f"{local:%a}",
        day=str(local.day),
        month=f"{local:%b}",
        year="" if local.year == terms.london(now).year else str(local.year),
        more=f"and {others} more" if others else "",
    )


@dataclass(frozen=True)
class DrawnPart:
    """A part of the fee, for the chart of the breakdown."""

    label: str
    text: str
    pence: int
    #: Its slug chooses the colour.
    fund: Fund


@dataclass(frozen=True, kw_only=True)
class EventPage:
    """One event as its page shows it; the same for a preview."""

    when: str
    date_block: DateBlock
    #: Every date in words.
    dates: list[str]
    #: The small print under the title.
    facts: list[str]
    years: str
    fee: str
    status: words.Status
    places: str
    #: How many places are held, once some are.
    held: int | None
    sharing_name: str
    sharing_rule: tuple[str, ...]
    #: Whether there may be a lottery, whose seal is then shown.
    draws_lots: bool
    #: The key dates leading up to the event.
    stages: list[Stage]
    fee_sentences: tuple[str, ...]
    fee_total: str
    fee_parts: list[DrawnPart]
    breakdown_sentence: str
    cost_sentence: str
    is_draft: bool
    is_cancelled: bool
    #: Whether the last date has ended.
    is_over: bool


def event_page(event: Event, *, left: int | None, now: datetime) -> EventPage:
    """Return what an event's page shows; `left` is how many places nobody holds."""
    is_draft = event.state is EventState.DRAFT
    left = _to_be_had(event, left, now)
    untouched = left is None or left == event.places or is_draft
    rule = ports.other_rule(event)
    return EventPage(
        when=words.when(event),
        date_block=_block(event, next_date(event, now), now),
        dates=words.dates(event),
        facts=[words.years(event), event.theme, words.fee(event)],
        years=words.years(event),
        fee=words.fee(event),
        status=words.status(event, now=now, left=left),
        places=words.places(event, left=left),
        held=None if untouched else event.places - (left or 0),
        sharing_name=rule.name if rule else words.SHARING_NAMES[event.sharing],
        sharing_rule=rule.sentences if rule else words.sharing_rule(event),
        draws_lots=event.sharing is not Sharing.FIRST_COME and bool(event.seed_commitment),
        stages=stages(event, now),
        fee_sentences=words.fee_sentences(event),
        fee_total=money.pounds(event.fee_pence),
        fee_parts=[drawn_part(part) for part in event.fee_parts],
        breakdown_sentence=words.breakdown_sentence(event),
        cost_sentence=words.cost_sentence(event),
        is_draft=is_draft,
        is_cancelled=event.state is EventState.CANCELLED,
        is_over=states.is_over(event, now),
    )


def stages(event: Event, now: datetime) -> list[Stage]:
    """Return an event's deadlines and first date, in order, and which of them is next."""
    found = ((name, getattr(event, name)) for name in (*DEADLINES, "decide_at"))
    spans = [(at, at, labels.of(name)) for name, at in found if at is not None]
    if not spans:
        return []
    if event.dates:
        first = min(event.dates, key=lambda date: date.starts_at)
        label = "The first date" if len(event.dates) > 1 else "The day itself"
        spans.append((first.starts_at, first.ends_at, label))
    spans.sort()
    following = next((span for span in spans if span[1] > now), None)
    runs = event.state is EventState.PUBLISHED
    return [
        Stage(
            span[2],
            terms.deadline_text(span[0]),
            _word(span[0], span[1], now, is_next=span is following) if runs else "",
        )
        for span in spans
    ]


def _word(starts_at: datetime, ends_at: datetime, now: datetime, *, is_next: bool) -> str:
    if ends_at <= now:
        return "Past"
    if starts_at <= now:
        return "Now"
    return "Next" if is_next else ""


def drawn_part(part: EventFeePart) -> DrawnPart:
    label = charging.plain_label(part.label, part.fund)
    return DrawnPart(label, money.pounds(part.pence), part.pence, part.fund)

"""What the listing and the event page show, ready for the templates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from booking.domain import money, terms
from booking.events import words
from booking.events.models import Event, EventDate, EventState, FeePart, Sharing


@dataclass(frozen=True)
class DateBlock:
    """A date drawn as a leaf of a calendar; the words beside it say the same."""

    weekday: str
    day: str
    month: str
    year: str = ""
    more: str = ""


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
    #: The month under which it stands: "June 2026".
    month: str


def cards(events: Iterable[Event], *, left: Mapping[int, int], now: datetime) -> list[Card]:
    """Return the cards of these events; `left` is how many places nobody holds."""
    return [_card(event, left.get(event.id), now) for event in events]


def _card(event: Event, left: int | None, now: datetime) -> Card:
    shown = next_date(event, now)
    return Card(
        url=f"/events/{event.slug}",
        title=event.title,
        host_name=event.host_school.name,
        when_text=words.when(event),
        date_block=_block(event, shown, now),
        year_range_text=words.years(event),
        theme=event.theme,
        fee_text=words.fee(event),
        places_left_text=words.card_places(event, now=now, left=left),
        status_tag=words.status(event, now=now, left=left),
        month=f"{terms.london(shown.starts_at):%B %Y}" if shown else "",
    )


def work_cards(events: Iterable[Event], *, left: Mapping[int, int], now: datetime) -> list[Card]:
    """Return the cards of these events for those who work on them."""
    return [
        replace(_card(event, left.get(event.id), now), url=f"/host/events/{event.slug}/")
        for event in events
    ]


def next_date(event: Event, now: datetime) -> EventDate | None:
    """Return the next date of an event, or its first when all are over; None without dates."""
    coming = (date for date in event.dates if date.ends_at > now)
    return next(coming, event.dates[0] if event.dates else None)


def _block(event: Event, shown: EventDate | None, now: datetime) -> DateBlock:
    if shown is None:
        return DateBlock("Date", "?", "to come")
    local = terms.london(shown.starts_at)
    others = len(event.dates) - 1
    return DateBlock(
        weekday=f"{local:%a}",
        day=str(local.day),
        month=f"{local:%b}",
        year="" if local.year == terms.london(now).year else str(local.year),
        more=f"and {others} more" if others else "",
    )


@dataclass(frozen=True)
class Part:
    """A part of the fee, for the drawn breakdown."""

    label: str
    text: str
    pence: int


@dataclass(frozen=True)
class EventPage:
    """One event as its page shows it; the same for a preview."""

    event: Event
    left: int | None
    now: datetime

    @property
    def when(self) -> str:
        """When it is, in one line."""
        return words.when(self.event)

    @property
    def date_block(self) -> DateBlock:
        """Its next date, drawn."""
        return _block(self.event, next_date(self.event, self.now), self.now)

    @property
    def dates(self) -> list[str]:
        """Every date in words."""
        return [terms.span_text(date.starts_at, date.ends_at) for date in self.event.dates]

    @property
    def facts(self) -> list[str]:
        """The small words under the title."""
        return [words.years(self.event), self.event.theme, words.fee(self.event)]

    @property
    def years(self) -> str:
        """For whom it is."""
        return words.years(self.event)

    @cached_property
    def status(self) -> words.Status:
        """Where it stands, in words, and the tone."""
        return words.status(self.event, now=self.now, left=self.left)

    @property
    def places(self) -> str:
        """How many places there are, or are left."""
        return words.places(self.event, left=self.left)

    @property
    def held(self) -> int | None:
        """How many places are held, once some are."""
        if self.left is None or self.left == self.event.places or self.is_draft:
            return None
        return self.event.places - self.left

    @property
    def sharing_name(self) -> str:
        """What the way of sharing is called."""
        return words.SHARING_NAMES[self.event.sharing]

    @property
    def sharing_rule(self) -> tuple[str, ...]:
        """How places are shared, sentence by sentence."""
        return words.sharing_rule(self.event)

    @property
    def draws_lots(self) -> bool:
        """Whether a lottery may be needed, whose seal is shown."""
        return self.event.sharing is not Sharing.FIRST_COME and bool(self.event.seed_commitment)

    @property
    def deadlines(self) -> list[tuple[str, str]]:
        """What has to be done by when."""
        event = self.event
        found = [
            ("Schools ask for places by", event.requests_close_at),
            ("Places without a name go to others from", event.release_at),
            ("Schools name their pupils by", event.naming_close_at),
        ]
        return [(label, terms.deadline_text(at)) for label, at in found if at is not None]

    @property
    def fee_sentences(self) -> tuple[str, ...]:
        """What is asked of parents, in the words of the law."""
        return words.fee_sentences(self.event)

    @property
    def fee_total(self) -> str:
        """The fee for each place."""
        return money.pounds(self.event.fee_pence)

    @property
    def fee_parts(self) -> list[Part]:
        """Where the fee goes."""
        return [_part(part) for part in self.event.fee_parts]

    @property
    def breakdown_sentence(self) -> str:
        """Where the fee goes, in one line."""
        return words.breakdown_sentence(self.event)

    @property
    def cost_sentence(self) -> str:
        """What the event costs in all and for each place."""
        return words.cost_sentence(self.event)

    @property
    def is_draft(self) -> bool:
        """Whether nobody but its writers sees it."""
        return self.event.state is EventState.DRAFT

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.event.state is EventState.CANCELLED


def _part(part: FeePart) -> Part:
    return Part(part.label, money.pounds(part.pence), part.pence)

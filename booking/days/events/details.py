"""Everything that a person writes about an event, as one value."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from booking.days.events.models import Event, Sharing
from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind, FeePart
from booking.domain.checking_dates import DateFinding

#: What people plan by: a change to these raises the calendar's SEQUENCE and everybody is told.
MATERIAL = frozenset(
    {"title", "dates", "venue", "venue_address", "low_year", "high_year", "fee_kind", "fee_pence"}
)
#: Calendar programs fetch a feed about once a day, so a change within a day of the event may never
#: be seen there. Changes to these are then mailed, and raise SEQUENCE, as if they were material.
REFRESH_LAG = timedelta(hours=24)
URGENT = frozenset({"practicalities", "led_by", "contact_name", "contact_phone"})


@dataclass(frozen=True)
class DateDetails:
    """One date of an event: when it starts and ends, and where, if not at the event's place."""

    starts_at: datetime
    ends_at: datetime
    venue: str = ""
    venue_address: str = ""

    @property
    def span(self) -> tuple[datetime, datetime]:
        """When it starts and ends."""
        return self.starts_at, self.ends_at

    @property
    def place(self) -> tuple[str, str]:
        """Where it is, if not at the event's own place."""
        return self.venue, self.venue_address


@dataclass(frozen=True)
class CostDetails:
    """A line of the budget: what it is for, and its total cost in pence."""

    label: str
    pence: int


@dataclass(frozen=True, kw_only=True)
class RuleDetails:
    """The rules that a new event starts with."""

    basis: Basis = Basis.EQUAL_SHARES
    guarantee: int = 0
    cap_per_school: int | None = None
    reply_days: int = 5
    offer_days: int = 2
    #: Whether the lead looks at events before they are published; not a rule of any one event.
    lead_looks: bool = False

    def of_event(self) -> dict[str, Any]:
        """Return the rules as a new event has them."""
        return {name: value for name, value in asdict(self).items() if name != "lead_looks"}


@dataclass(frozen=True, kw_only=True)
class EventDetails:
    """An event as written; a draft may leave out what only publication needs."""

    title: str
    host_school_id: int
    low_year: int
    high_year: int
    places: int
    dates: tuple[DateDetails, ...] = ()
    theme: str = ""
    concept: str = ""
    intended_impact: str = ""
    led_by: str = ""
    venue: str = ""
    venue_address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    practicalities: str = ""
    host_places: int = 0
    sharing: Sharing = Sharing.FAIR_ROUND
    basis: Basis = Basis.EQUAL_SHARES
    guarantee: int = 0
    cap_per_school: int | None = None
    requests_close_at: datetime | None = None
    naming_close_at: datetime | None = None
    release_at: datetime | None = None
    reply_days: int = 5
    offer_days: int = 2
    min_pupils: int | None = None
    decide_at: datetime | None = None
    fee_kind: FeeKind = FeeKind.FREE
    fee_pence: int = 0
    fee_parts: tuple[FeePart, ...] = ()
    cost_lines: tuple[CostDetails, ...] = ()
    #: Why a charge is kept in spite of a warning.
    fee_reason: str = ""
    #: What a draft says that cannot be read yet, by field, as it was typed (`forms/unread`).
    unread: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first_starts_at(self) -> datetime | None:
        """When the first date starts."""
        return min((date.starts_at for date in self.dates), default=None)

    @property
    def last_ends_at(self) -> datetime | None:
        """When the last date ends."""
        return max((date.ends_at for date in self.dates), default=None)

    def settled(self) -> "EventDetails":
        """Return the same with dates in order, without what its way of sharing does not use."""
        details = replace(self, dates=tuple(sorted(self.dates, key=lambda d: d.starts_at)))
        if len(self.dates) == 1 and self.dates[0].venue:
            [date] = self.dates
            details = replace(
                details,
                dates=(DateDetails(*date.span),),
                venue=date.venue,
                venue_address=date.venue_address or self.venue_address,
            )
        if self.sharing is not Sharing.SET_QUOTAS:
            details = replace(details, release_at=None)
        else:  # the host sets a quota for its own school as for any other
            details = replace(details, host_places=0)
        if self.sharing is Sharing.FIRST_COME:
            return replace(details, basis=Basis.FIRST_COME, guarantee=0)
        if self.basis is Basis.FIRST_COME:
            return replace(details, basis=Basis.EQUAL_SHARES)
        return details


@dataclass(frozen=True)
class DateCheck:
    """What speaks against an event's dates and deadlines, and a better day."""

    findings: tuple[DateFinding, ...] = ()
    #: A sentence; "" if no day nearby is better.
    better: str = ""

    @property
    def grave(self) -> list[DateFinding]:
        """Return the findings that have to be ticked."""
        return [finding for finding in self.findings if finding.is_grave]

    @property
    def others(self) -> list[str]:
        """Return the sentences that are worth knowing."""
        return [finding.words for finding in self.findings if not finding.is_grave]


#: What the audit trail keeps of a change, before and after: published facts. Never what names a
#: person or a home, nor long texts.
TRACED = frozenset(
    {"title", "venue", "low_year", "high_year", "dates", "places", "host_places", "sharing"}
    | {"basis", "guarantee", "cap_per_school", "reply_days", "offer_days", "fee_kind", "fee_pence"}
    | {"requests_close_at", "release_at", "naming_close_at", "min_pupils", "decide_at"}
)
#: Fields with rows of their own; every other field is a column with the same name.
ROWS = ("dates", "fee_parts", "cost_lines")
COLUMNS = tuple(each.name for each in fields(EventDetails) if each.name not in (*ROWS, "unread"))


#: Deadlines in the order in which they must fall.
DEADLINES = ("requests_close_at", "release_at", "naming_close_at")


def details_of(event: Event) -> EventDetails:
    """Return a stored event as it was written."""
    written: dict[str, Any] = {name: getattr(event, name) for name in COLUMNS}
    return EventDetails(
        dates=tuple(
            DateDetails(date.starts_at, date.ends_at, date.venue, date.venue_address)
            for date in event.dates
        ),
        fee_parts=fee_parts(event),
        cost_lines=tuple(CostDetails(line.label, line.pence) for line in event.cost_lines),
        **written | event.drafted,
    )


def storable(details: EventDetails) -> dict[str, int]:
    """Return the numbers that an event's columns can hold, nearest to those of a draft."""
    places = max(details.places, 1)
    return {"places": places, "host_places": min(details.host_places, places - 1)}


def fee_parts(event: Event) -> tuple[FeePart, ...]:
    """Return the published breakdown of an event's fee."""
    return tuple(FeePart(part.label, part.pence, part.fund) for part in event.fee_parts)


def changed_fields(before: EventDetails, after: EventDetails) -> tuple[str, ...]:
    """Return the names of the fields that differ.

    A date with another place counts as the venue: whoever is told reads that the place changed.
    """
    names = [each.name for each in fields(EventDetails)]
    found = {name for name in names if getattr(before, name) != getattr(after, name)}
    if [date.span for date in before.dates] == [date.span for date in after.dates]:
        found.discard("dates")
    if _places(before) != _places(after):
        found.add("venue")
    return tuple(name for name in names if name in found)


def _places(details: EventDetails) -> list[tuple[datetime, str, str]]:
    return [(date.starts_at, *date.place) for date in details.dates if date.venue]


def traced(before: EventDetails, after: EventDetails) -> dict[str, list[Any]]:
    """Return what changed fields were and became, as the audit trail keeps it."""
    return {
        name: [_plain(getattr(before, name)), _plain(getattr(after, name))]
        for name in sorted(TRACED)
        if getattr(before, name) != getattr(after, name)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, DateDetails):
        return [_plain(value.starts_at), _plain(value.ends_at), *filter(None, [value.venue])]
    return [_plain(each) for each in value] if isinstance(value, tuple) else value

"""An event in words: when it is, who it is for, how places are shared, what parents pay."""

from datetime import datetime
from typing import Protocol

from booking.days.events import details, states
from booking.days.events.models import Event, EventDate, EventState, Sharing
from booking.domain import charging, english, minimum, money, terms, year_groups
from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind
from booking.domain.funds import Fund
from booking.people.schools.models import School

#: A status in words, and its tone.
Status = tuple[str, str]

SHARING_NAMES = {
    Sharing.FAIR_ROUND: "Fair round",
    Sharing.SET_QUOTAS: "Set quotas",
    Sharing.FIRST_COME: "First come, first served",
}
SHARING_HINTS = {
    Sharing.FAIR_ROUND: "Schools ask for places by a deadline; then all are shared out together.",
    Sharing.SET_QUOTAS: "You set a number for each school. Places not used go to others.",
    Sharing.FIRST_COME: "Places go out at once, in the order of requests, up to a limit each.",
}
BASIS_NAMES = {
    Basis.EQUAL_SHARES: "Equal shares",
    Basis.BY_ROLL: "By number of pupils",
    Basis.SEASON: "By places received this school year",
    Basis.FIRST_COME: "In the order in which schools ask",
}
BASIS_HINTS = {
    Basis.EQUAL_SHARES: "A first place to each school, then a second to each, and so on.",
    Basis.BY_ROLL: "In proportion to each school’s number of pupils in these years.",
    Basis.SEASON: "Schools that have had the fewest places for their size come first.",
}
FEE_HINTS = {
    FeeKind.FREE: "Nobody pays anything.",
    FeeKind.VOLUNTARY_CONTRIBUTION: "The place never depends on it. Use this in school hours.",
    FeeKind.CHARGE: "Only for an optional extra outside school hours, and never above cost.",
    FeeKind.PAID_BY_SCHOOL: "Each school is billed for its places; parents pay nothing.",
}


def when(event: Event) -> str:
    """Return "Friday 12 June 2026, 9:15am to 2:45pm", or the first and last of several dates."""
    if not event.dates:
        return when_text(0, None, None, None)
    first, last = event.dates[0], event.dates[-1]
    return when_text(len(event.dates), first.starts_at, last.starts_at, last.ends_at)


def when_text(
    dates: int,
    first_starts_at: datetime | None,
    last_starts_at: datetime | None,
    last_ends_at: datetime | None,
) -> str:
    """Return the words of `when` from the number of dates and the first and last of them."""
    if first_starts_at is None or last_starts_at is None or last_ends_at is None:
        return "Date to be arranged"
    if dates == 1:
        return terms.span_text(first_starts_at, last_ends_at)
    first, last = (terms.london(at).date() for at in (first_starts_at, last_ends_at))
    return f"{english.plural(dates, 'date')}, {terms.day_text(first)} to {terms.day_text(last)}"


def dates(event: Event) -> list[str]:
    """Return every date of an event: "Friday 12 June 2026, 9:15am to 2:45pm".

    One with a place of its own says where it is.
    """
    spans = [terms.span_text(date.starts_at, date.ends_at) for date in event.dates]
    return [
        f"{span}, at {where_on(date)}" if date.venue else span
        for span, date in zip(spans, event.dates, strict=True)
    ]


def days(date: EventDate) -> str:
    """Return the day of a date, or the first and the last of several: "12 to 14 June"."""
    first, last = (local.date() for local in local_span(date))
    if first == last:
        return terms.day_text(first)
    return f"{terms.day_text(first)} to {terms.day_text(last)}"


def local_span(date: EventDate) -> tuple[datetime, datetime]:
    """Return when a date starts and ends by London's clock."""
    return terms.london(date.starts_at), terms.london(date.ends_at)


def where(event: Event) -> str:
    """Return the room or building, the host school and the address, so that nobody has to guess.

    "Sports hall" alone names no school: a parent would think of their own. A part that another
    says already is left out; without an address of its own an event is at the school's. Dates with
    a place of their own come after it.
    """
    own = {where_on(date): date for date in reversed(event.dates) if date.venue}
    if len(own) == 1 and all(date.venue for date in event.dates):
        return next(iter(own))
    elsewhere = (f"on {days(date)}: {place}" for place, date in reversed(own.items()))
    return "; ".join([_place(event, event.venue, event.venue_address), *elsewhere])


def where_on(date: EventDate) -> str:
    """Return where one date is, in the same words."""
    event = date.event
    if not date.venue:
        return _place(event, event.venue, event.venue_address)
    if date.venue_address:
        return ", ".join([date.venue, *date.venue_address.split("\n")])
    return _place(event, date.venue, "")


def _place(event: Event, venue: str, address: str) -> str:
    school = event.host_school
    address = address or " ".join(filter(None, (school.address, school.postcode)))
    said: list[str] = []
    for part in (venue, school.name, ", ".join(address.split("\n"))):
        if part and part.casefold() not in ", ".join(said).casefold():
            said.append(part)
    return ", ".join(said)


def address_of(school: School) -> str:
    """Return a school's postal address in lines, as the form for an event begins with it."""
    return "\n".join(filter(None, (school.address, school.postcode)))


def of_host(school: School) -> dict[str, str]:
    """Return what a new event at a school begins with: where it is, and who leads it."""
    return {
        "venue": school.name,
        "venue_address": address_of(school),
        "led_by": f"Teachers at {school.name}",
    }


def years(event: Event) -> str:
    """Return "Years 5 to 6"."""
    return year_groups.range_name(event.low_year, event.high_year)


def fee(event: Event) -> str:
    """Return what parents are asked for, in a few words."""
    amount = money.pounds(event.fee_pence)
    match event.fee_kind:
        case FeeKind.FREE:
            return "Free"
        case FeeKind.VOLUNTARY_CONTRIBUTION:
            return f"{amount} voluntary contribution"
        case FeeKind.CHARGE:
            return f"{amount} charge"
        case FeeKind.PAID_BY_SCHOOL:
            return "Paid by the school"


def fee_sentences(event: Event) -> tuple[str, ...]:
    """Return what parents are asked for, in the words that the law requires."""
    return charging.wording(event.fee_kind, event.fee_pence).sentences


def breakdown_sentence(event: Event) -> str:
    """Return "£6.00 = £3.40 speaker + £2.60 materials", or nothing for a free event."""
    if not event.fee_pence or not event.fee_parts:
        return ""
    if sum(part.pence for part in event.fee_parts) != event.fee_pence:
        return ""  # a draft, whose parts do not come to its fee yet
    return charging.breakdown_sentence(event.fee_pence, details.fee_parts(event))


def cost_sentence(event: Event) -> str:
    """Return the event's total cost and its cost for each place, if it has a budget."""
    pence = [line.pence for line in event.cost_lines]
    if not sum(pence) or "places" in event.drafted:
        return ""
    each_pence = charging.cost_per_head(pence, event.places)
    said = (
        f"The total cost of the event is {money.pounds(sum(pence))}, which is "
        f"{money.pounds(each_pence)} for each of {event.places:,} places."
    )
    asked_pence = sum(part.pence for part in event.fee_parts if part.fund is Fund.EVENTS)
    if event.fee_kind is not FeeKind.VOLUNTARY_CONTRIBUTION or asked_pence <= each_pence:
        return said
    return (
        f"{said} Families are asked for {money.pounds(asked_pence)} towards it, because not every "
        "family contributes; what is left over goes to teachers’ training."
    )


class Planned(states.Dated, states.Quotaed, Protocol):
    """What an event's status depends on: an event has it, and so has a row of one."""

    @property
    def places(self) -> int: ...
    @property
    def host_places(self) -> int: ...
    @property
    def requests_close_at(self) -> datetime | None: ...


def status(event: Planned, *, now: datetime, left: int | None) -> Status:
    """Return an event's status, for somebody thinking of coming."""
    if event.state is EventState.DRAFT:
        return "Draft", "neutral"
    if event.state is EventState.CANCELLED:
        return "Cancelled", "bad"
    if states.is_over(event, now):
        return "Past", "neutral"
    if states.has_begun(event, now):
        return "Under way", "info"
    return _open_status(event, now, left)


def _open_status(event: Planned, now: datetime, left: int | None) -> Status:
    untouched = left is None or left >= event.places - event.host_places
    if event.sharing is Sharing.FAIR_ROUND and event.requests_close_at is not None:
        if event.requests_close_at > now:
            return "Requests open", "good"
        if untouched:
            return "Requests closed", "neutral"
    if event.naming_close_at is not None and event.naming_close_at <= now:
        return "Naming closed", "neutral"
    if left == 0:
        return "All places taken", "warn"
    opens_at = states.quotas_end_at(event)
    if opens_at is not None and opens_at > now:
        return f"Other places from {terms.london(opens_at):%-d\u00a0%B}", "info"
    return "Places open", "good"


def card_places(event: Event, *, now: datetime, left: int | None) -> str:
    """Return how many places there are or are left, and until when schools may ask for them."""
    said = places(event, left=left)
    closes_at = event.requests_close_at
    if event.state is EventState.PUBLISHED and closes_at is not None and closes_at > now:
        return f"{said}, ask by {terms.london(closes_at):%-d\u00a0%B}"
    return said


def places(event: Event, *, left: int | None) -> str:
    """Return how many places there are, or are left once some are held."""
    if event.state is EventState.CANCELLED or "places" in event.drafted:
        return ""
    if left is None or left == event.places or event.state is EventState.DRAFT:
        return english.plural(event.places, "place")
    if left == 0:
        return f"None of {english.plural(event.places, 'place')} left"
    return f"{left:,} of {english.plural(event.places, 'place')} left"


def sharing_rule(event: Event) -> tuple[str, ...]:
    """Return the rule for sharing places, as fixed before requests are read."""
    opening = _OPENINGS[event.sharing](event)
    return (*opening, *_host_places(event), *_limits(event), *_ties(event), RETURNED)


RETURNED = (
    "A place that is given back goes first to the same school's next reserve, "
    "then to the next school in the same order."
)


def _fair_round(event: Event) -> tuple[str, ...]:
    by = f" by {terms.in_sentence(event.requests_close_at)}" if event.requests_close_at else ""
    return (
        f"Schools ask for places{by}. Then all the places are shared out together. It makes no "
        "difference who asks first, and it never helps to ask for more than you need.",
        *_guarantee(event),
        _BASES[event.basis].format(years=years(event)),
    )


def _set_quotas(event: Event) -> tuple[str, ...]:
    by = f" by {terms.in_sentence(event.release_at)}" if event.release_at else " in time"
    return (
        "The host sets a number of places for each school. "
        f"Places without a named pupil{by} go to other schools that have asked.",
        _BASES[event.basis].format(years=years(event)),
    )


def _first_come(event: Event) -> tuple[str, ...]:
    return (
        "Places go to schools at once, in the order in which they ask. When there are none left, "
        "schools wait in a queue in the same order.",
    )


_OPENINGS = {
    Sharing.FAIR_ROUND: _fair_round,
    Sharing.SET_QUOTAS: _set_quotas,
    Sharing.FIRST_COME: _first_come,
}
_BASES = {
    Basis.EQUAL_SHARES: (
        "Places go out one at a time: one to each school that asked, then a second to each, until "
        "the places or the requests run out."
    ),
    Basis.BY_ROLL: (
        "Places go out in proportion to the number of pupils in {years} on each school's roll, so "
        "larger schools get more."
    ),
    Basis.SEASON: (
        "Places go first to the schools that have had the fewest this school year for their "
        "number of pupils in {years}."
    ),
    Basis.FIRST_COME: "Places go out in the order in which schools ask.",
}


def _guarantee(event: Event) -> tuple[str, ...]:
    if not event.guarantee:
        return ()
    if event.guarantee == 1:
        return (
            "Every school that asks on time gets its first place before any school gets a second.",
        )
    return (f"Every school that asks on time gets up to {event.guarantee:,} places first.",)


def guarantee_warning(event: Event, *, schools: int) -> str:
    """Return a warning for when every school asks; nothing if the guarantee can be met."""
    shared = event.places - event.host_places
    most = event.guarantee * schools
    if event.sharing is not Sharing.FAIR_ROUND or most <= shared:
        return ""
    return (
        f"If all {schools:,} schools with these years ask, the guarantee of {event.guarantee:,} "
        f"each adds up to {most:,} places, but only {shared:,} are shared. The guaranteed places "
        "would then go out in turn until they run out, and nothing would be left for the rule. "
        "Guarantee fewer, or add places."
    )


def least(event: Event, *, now: datetime) -> str:
    """Return what schools and families are told of an event's minimum; "" if there is none."""
    if event.state is EventState.CANCELLED or states.has_begun(event, now):
        return ""
    goes_ahead = event.goes_ahead_at is not None
    return minimum.said(event.min_pupils, event.decide_at, goes_ahead=goes_ahead, now=now)


def _host_places(event: Event) -> tuple[str, ...]:
    if not event.host_places:
        return ()
    kept = english.plural(event.host_places, "place")
    shared = english.plural(event.places - event.host_places, "other is", "others are")
    return (
        f"The host, {event.host_school.name}, keeps {kept} for its own pupils before the "
        f"{shared} shared. If it asks for more, that request counts like any other school’s.",
    )


def _limits(event: Event) -> tuple[str, ...]:
    if event.cap_per_school is None:
        return ()
    besides = ", not counting those that the host keeps" if event.host_places else ""
    most = english.plural(event.cap_per_school, "place")
    return (f"No school gets more than {most}{besides}.",)


def _ties(event: Event) -> tuple[str, ...]:
    if event.sharing is Sharing.FIRST_COME:
        return ()
    return (
        "If it is the turn of several schools, the one that has had the fewest places this school "
        "year goes first. If they are still level, a public lottery decides.",
    )

"""What an event must be like: rules that need only the event as written, and the time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from booking.days.events import labels
from booking.days.events.details import DEADLINES, DateDetails, EventDetails, RuleDetails
from booking.days.events.models import Sharing
from booking.domain import charging, english, minimum, terms, year_groups
from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind
from booking.domain.problems import Problem

PLACES_MAX = 2000
TITLE_MAX = 120
LINE_MAX = 200
TEXT_MAX = 5000
DATES_MAX = 30
DAYS_MAX = 20
#: A residential or a summer school; longer is a slip, or two of them.
NIGHTS_MAX = 14
LINES = {
    "theme": 60,
    "led_by": LINE_MAX,
    "venue": LINE_MAX,
    "contact_name": LINE_MAX,
    "contact_phone": 40,
}
TEXTS = ("concept", "intended_impact", "venue_address", "practicalities", "fee_reason")

#: What publication needs but a draft may leave out, with the sentence that asks for it.
NEEDED = {
    "concept": "Say what pupils will do.",
    "led_by": "Say who leads the event.",
    "venue": "Say where the event is.",
}


def of_draft(details: EventDetails) -> list[Problem]:
    """Return what keeps a draft from being saved: only what could not be kept as it was typed."""
    return [
        *_texts(details),
        *_years(details),
        *_school_days(details),
        *_sizes(details),
        *_dates(details),
        *_amounts(details),
    ]


def _sizes(details: EventDetails) -> Iterator[Problem]:
    """Refuse numbers that are out of all proportion; whether they fit together is asked later."""
    for name in ("places", "host_places", "guarantee", "cap_per_school", "min_pupils"):
        if not 0 <= (getattr(details, name) or 0) <= PLACES_MAX:
            yield Problem(name, f"Enter a number from 0 to {PLACES_MAX:,}.")


def _amounts(details: EventDetails) -> Iterator[Problem]:
    below = "Enter an amount that is not below zero."
    if details.fee_pence < 0:
        yield Problem("fee_pence", below)
    for row, part in enumerate(details.fee_parts):
        if part.pence <= 0:
            yield Problem("fee_parts.pence", "Enter an amount above zero.", row)
    yield from _costs(details)


def problems(details: EventDetails) -> list[Problem]:
    """Return what is wrong with an event in itself, apart from what is still missing."""
    return [
        *_texts(details),
        *_numbers(details),
        *_dates(details),
        *_deadlines(details),
        *_shares(details),
        *_minimum(details),
        *_fee(details),
    ]


def _texts(details: EventDetails) -> Iterator[Problem]:
    if not details.title:
        yield Problem("title", "Enter a title.")
    elif len(details.title) > TITLE_MAX:
        yield Problem("title", f"Shorten the title to {TITLE_MAX} characters.")
    for name, most in (*LINES.items(), *((name, TEXT_MAX) for name in TEXTS)):
        if len(getattr(details, name)) > most:
            yield Problem(name, f"Shorten this to {most:,} characters.")


def _numbers(details: EventDetails) -> Iterator[Problem]:
    yield from _years(details)
    if not 1 <= details.places <= PLACES_MAX:
        yield Problem("places", f"Enter how many places there are, from 1 to {PLACES_MAX:,}.")
    yield from _school_days(details)


def _years(details: EventDetails) -> Iterator[Problem]:
    if not {details.low_year, details.high_year} <= set(year_groups.ALL):
        yield Problem("low_year", "Choose year groups from Nursery to Year 13.")
    elif details.low_year > details.high_year:
        yield Problem(
            "high_year",
            f"Choose {year_groups.name(details.low_year)} or above, because the highest year is "
            "below the lowest.",
        )


def _school_days(details: EventDetails | RuleDetails) -> Iterator[Problem]:
    for name in ("reply_days", "offer_days"):
        if not 1 <= getattr(details, name) <= DAYS_MAX:
            yield Problem(name, f"Enter a number of school days from 1 to {DAYS_MAX}.")


def _dates(details: EventDetails) -> Iterator[Problem]:
    if len(details.dates) > DATES_MAX:
        yield Problem("dates", f"An event has at most {DATES_MAX} dates.")
    for row, date in enumerate(details.dates):
        if date.ends_at <= date.starts_at:
            yield Problem("dates.ends", "The end must be after the start. Check the times.", row)
        elif terms.nights(*date.span) > NIGHTS_MAX:
            words = f"A date lasts at most {NIGHTS_MAX} nights. Enter the rest as another date."
            yield Problem("dates.ends_on", words, row)
        yield from _place(date, row)
    ordered = sorted(enumerate(details.dates), key=lambda pair: pair[1].starts_at)
    for (_, earlier), (row, later) in pairwise(ordered):
        if later.starts_at < max(earlier.ends_at, earlier.starts_at):
            yield Problem("dates.starts", "This date overlaps with another one.", row)
        elif later.starts_at == earlier.starts_at:
            yield Problem("dates.starts", "This date has been entered twice.", row)


def _place(date: DateDetails, row: int) -> Iterator[Problem]:
    if date.venue_address and not date.venue:
        yield Problem("dates.venue", "Name the place as well, or leave its address empty.", row)
    for name, most in (("venue", LINE_MAX), ("venue_address", TEXT_MAX)):
        if len(getattr(date, name)) > most:
            yield Problem(f"dates.{name}", f"Shorten this to {most:,} characters.", row)


def deadlines_used(sharing: Sharing) -> tuple[str, ...]:
    """Return the deadlines that a way of sharing uses."""
    if sharing is Sharing.SET_QUOTAS:
        return ("release_at", "naming_close_at")
    if sharing is Sharing.FAIR_ROUND:
        return ("requests_close_at", "naming_close_at")
    return ("naming_close_at",)


def _deadlines(details: EventDetails) -> Iterator[Problem]:
    given = [(name, at) for name in DEADLINES if (at := getattr(details, name)) is not None]
    for (first, first_at), (then, then_at) in pairwise(given):
        if then_at <= first_at:
            before = labels.in_sentence(first)
            yield Problem(then, f"This must be after the time when {before}. Choose a later time.")
    starts_at = details.first_starts_at
    for name, at in given:
        if starts_at is not None and at > starts_at:
            yield Problem(name, "This is after the event has started. Choose an earlier time.")


def _minimum(details: EventDetails) -> Iterator[Problem]:
    yield from minimum.problems(
        details.min_pupils,
        details.decide_at,
        places=details.places,
        requests_close_at=details.requests_close_at,
        starts_at=details.first_starts_at,
    )


def of_network(details: RuleDetails) -> list[Problem]:
    """Return what is wrong with the rules that new events would start with."""
    found = [*_school_days(details), *_limits(details)]
    if details.guarantee > PLACES_MAX:
        found.append(Problem("guarantee", f"Guarantee at most {PLACES_MAX:,} places."))
    if details.basis is Basis.FIRST_COME:
        found.append(
            Problem(
                "basis", "Choose a rule for rounds; first come, first served does not need one."
            )
        )
    return found


def _shares(details: EventDetails) -> Iterator[Problem]:
    limits = list(_limits(details))
    yield from limits
    shared = details.places - details.host_places
    if not limits and details.guarantee > max(shared, 0):
        are = english.plural(max(shared, 0), "place is", "places are")
        yield Problem("guarantee", f"Only {are} shared, so guarantee no more than that.")
    if details.host_places < 0:
        yield Problem("host_places", "Enter 0 or more.")
    elif 1 <= details.places <= details.host_places:
        yield Problem("host_places", "Leave at least 1 place to share with other schools.")


def _limits(details: EventDetails | RuleDetails) -> Iterator[Problem]:
    cap = details.cap_per_school
    if cap is not None and cap < 1:
        yield Problem("cap_per_school", "Enter at least 1, or leave this empty for no limit.")
    if details.guarantee < 0:
        yield Problem("guarantee", "Enter 0 or more.")
    elif cap is not None and details.guarantee > max(cap, 0):
        yield Problem("guarantee", f"No school may have more than {cap}, so guarantee no more.")


def _fee(details: EventDetails) -> Iterator[Problem]:
    kind, pence = details.fee_kind, details.fee_pence
    wrong = charging.fee_errors(kind, pence)
    yield from (Problem("fee_pence", words) for words in wrong)
    if not wrong and details.fee_parts:
        found = charging.breakdown_errors(pence, details.fee_parts)
        yield from (Problem("fee_parts", words) for words in found)
    yield from _costs(details)


def _costs(details: EventDetails) -> Iterator[Problem]:
    for row, line in enumerate(details.cost_lines):
        if not line.label.strip():
            yield Problem("cost_lines.label", "Say what this cost is for.", row)
        if line.pence < 0:
            yield Problem("cost_lines.pence", "Enter an amount that is not below zero.", row)


def missing(details: EventDetails) -> list[Problem]:
    """Return what a draft still needs before it can be published."""
    found = [Problem(name, words) for name, words in NEEDED.items() if not getattr(details, name)]
    found += _unread(details)
    if not details.dates and "dates" not in details.unread:
        found.append(Problem("dates", "Enter at least one date."))
    for name in deadlines_used(details.sharing):
        if getattr(details, name) is None and name not in details.unread:
            found.append(Problem(name, f"Enter when {labels.in_sentence(name)}."))
    if details.sharing is Sharing.FIRST_COME and details.cap_per_school is None:
        words = "Enter the most places one school may have: first come, first served needs a limit."
        found.append(Problem("cap_per_school", words))
    if details.fee_kind is not FeeKind.FREE and not details.fee_parts:
        found.append(Problem("fee_parts", "Say where the money goes. Parents will see it."))
    return found


def _unread(details: EventDetails) -> Iterator[Problem]:
    for name, kept in details.unread.items():
        if isinstance(kept, str):
            yield Problem(name, f"{labels.of(name)}: “{kept}” cannot be read. Correct it.")
            continue
        finished = len(getattr(details, name))
        for row in range(len(kept)):
            words = f"{labels.of(name)}: finish what is half typed, or clear its row."
            yield Problem(name, words, finished + row)


def past(details: EventDetails, *, now: datetime, before: EventDetails | None) -> list[Problem]:
    """Return the dates and deadlines that are in the past; unchanged ones may stay."""
    kept = set(before.dates) if before else set()
    found = [
        Problem("dates.starts", "This date is in the past.", row)
        for row, date in enumerate(details.dates)
        if date not in kept and date.starts_at <= now
    ]
    for name in (*deadlines_used(details.sharing), "decide_at"):
        at = getattr(details, name)
        if at is not None and at <= now and (before is None or at != getattr(before, name)):
            found.append(Problem(name, "This time has passed. Choose a later one."))
    released_at = before.release_at if before else None
    if released_at and released_at <= now and details.release_at != released_at:
        words = "Unclaimed places have already gone to other schools, so this time cannot change."
        found.append(Problem("release_at", words))
    return found

"""What speaks against an event's dates and deadlines: sentences, the grave ones first."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256

from booking.domain import english, terms, year_groups
from booking.domain.checking_dates.exams import exam_years
from booking.domain.checking_dates.facts import CalendarFacts, KnownEvent, PlannedDates, overlap

#: How many schools, days or events a sentence names before it counts the others.
NAMED_MAX = 6
_KEY_LENGTH = 12


class Gravity(StrEnum):
    """What a finding means for publication."""

    #: Somebody has to say that it is meant so.
    GRAVE = "grave"
    WORTH_KNOWING = "worth_knowing"


@dataclass(frozen=True)
class DateFinding:
    """One thing that speaks against the dates, as a sentence."""

    #: What kind of thing: "bank_holiday".
    kind: str
    gravity: Gravity
    words: str
    #: How many days, events or deadlines it is about.
    count: int = 1

    @property
    def key(self) -> str:
        """Return what a tick stands for: this sentence, and no other."""
        return f"{self.kind}-{sha256(self.words.encode()).hexdigest()[:_KEY_LENGTH]}"

    @property
    def is_grave(self) -> bool:
        """Whether somebody has to say that it is meant so."""
        return self.gravity is Gravity.GRAVE


def check(plan: PlannedDates, facts: CalendarFacts) -> tuple[DateFinding, ...]:
    """Return everything that speaks against a plan's dates and deadlines, the grave first."""
    found = [*of_dates(plan, facts), *_deadlines(plan, facts), *_replies(plan, facts)]
    return tuple(sorted(found, key=lambda finding: not finding.is_grave))


def of_dates(plan: PlannedDates, facts: CalendarFacts) -> list[DateFinding]:
    """Return what speaks against the dates alone."""
    days = plan.days()
    return [
        *_closed_to_all(days, facts),
        *_host_closed(days, facts),
        *_schools_closed(plan, days, facts),
        *_other_events(plan, facts),
        *_noted(plan, facts),
    ]


def named(words: Iterable[str]) -> str:
    """List the first few of these, and count the others: "a, b and 3 more"."""
    found = list(words)
    if len(found) <= NAMED_MAX + 1:  # "and 1 more" would be no shorter
        return english.listed(found)
    return f"{', '.join(found[:NAMED_MAX])} and {len(found) - NAMED_MAX:,} more"


#: Why there are no pupils in, by kind, as `terms.why_closed` says it.
_CLOSED: tuple[tuple[str, Callable[[CalendarFacts, date], bool], str, str], ...] = (
    (
        "bank_holiday",
        lambda facts, on: on in facts.network.bank_holidays,
        "is a bank holiday",
        "are bank holidays",
    ),
    ("weekend", lambda facts, on: on.weekday() > 4, "is at a weekend", "are at weekends"),
    (
        "network_closed",
        lambda facts, on: any(c.first_on <= on <= c.last_on for c in facts.network.closures),
        "is a day when every school is closed",
        "are days when every school is closed",
    ),
    (
        "holidays",
        lambda facts, on: not terms.is_school_day(facts.network, on),
        "is in the school holidays",
        "are in the school holidays",
    ),
)


def _closed_to_all(days: Sequence[date], facts: CalendarFacts) -> Iterator[DateFinding]:
    left = list(days)
    for kind, is_closed, one, many in _CLOSED:
        found = [on for on in left if is_closed(facts, on)]
        left = [on for on in left if on not in found]
        if found:
            yield _grave(kind, f"{_days(found)} {english.agree(len(found), one, many)}.", found)


def _host_closed(days: Sequence[date], facts: CalendarFacts) -> Iterator[DateFinding]:
    found = [on for on in days if on in facts.closed.host and _is_school_day(facts, on)]
    if found:
        whys = (f"{terms.day_text(on)} ({facts.closed.host[on]})" for on in found)
        yield _grave("host_closed", f"The host’s school is closed on {named(whys)}.", found)


def _schools_closed(
    plan: PlannedDates, days: Sequence[date], facts: CalendarFacts
) -> Iterator[DateFinding]:
    invited = facts.invited(plan.years)
    found = [
        (on, closed)
        for on in days
        if (closed := facts.closed.invited.get(on)) and _is_school_day(facts, on)
    ]
    if not found:
        return
    told = "; ".join(
        f"on {terms.day_text(on)}, {len(closed):,} of the {english.plural(invited, 'school')} "
        f"invited {english.agree(len(closed), 'is', 'are')} closed: {named(closed)}"
        for on, closed in found[:NAMED_MAX]
    )
    is_grave = any(2 * len(closed) >= invited for _, closed in found)
    gravity = Gravity.GRAVE if is_grave else Gravity.WORTH_KNOWING
    yield DateFinding("schools_closed", gravity, f"{told[0].upper()}{told[1:]}.", len(found))


def _other_events(plan: PlannedDates, facts: CalendarFacts) -> Iterator[DateFinding]:
    clashing = [
        event
        for event in facts.events
        if (event.same_host or overlap(event.years, plan.years))
        and plan.meets(event.starts_at, event.ends_at)
    ]
    if clashing:
        told = list(dict.fromkeys(_clash(plan, event, facts) for event in clashing))
        more = f"; and {len(told) - NAMED_MAX:,} more" if told[NAMED_MAX:] else ""
        listed = "; ".join(told[:NAMED_MAX])
        yield _grave("other_events", f"At the same time: {listed}{more}.", clashing)


def _clash(plan: PlannedDates, event: KnownEvent, facts: CalendarFacts) -> str:
    on = terms.day_text(terms.london(event.starts_at).date())
    years = year_groups.range_name(*event.years)
    told = f"{event.title} ({event.host}, {years}), {on}"
    if not overlap(event.years, plan.years):
        return f"{told}, hosted by the same school"
    both = english.plural(facts.invited(plan.years, event.years), "school is", "schools are")
    return f"{told}, for which {both} invited as well"


def _noted(plan: PlannedDates, facts: CalendarFacts) -> Iterator[DateFinding]:
    exams, others = [], []
    for day in facts.noted:
        if not day.meets(plan):
            continue
        years = exam_years(day.title, day.partner)
        words = f"“{day.title}” ({day.partner}), {terms.day_text(day.first_on)}"
        if years is None:
            others.append(words)
        elif overlap(years, plan.years):
            exams.append(words)
    if exams:
        yield _grave("exams", f"Exams that day: {named(dict.fromkeys(exams))}.", exams)
    if others:
        told = f"Also in partners’ calendars: {named(dict.fromkeys(others))}."
        yield DateFinding("partners", Gravity.WORTH_KNOWING, told, len(others))


def _deadlines(plan: PlannedDates, facts: CalendarFacts) -> Iterator[DateFinding]:
    found = [
        f"{label}: {terms.day_text(on)} is {why}."
        for label, at in plan.deadlines
        if (why := terms.why_closed(facts.network, on := terms.london(at).date()))
    ]
    if found:
        advice = "Choose a school day, when coordinators are at work."
        yield _grave("deadlines", f"{' '.join(found)} {advice}", found)


def _replies(plan: PlannedDates, facts: CalendarFacts) -> Iterator[DateFinding]:
    """Say when a family that is invited on the last day could answer only once it has begun."""
    if plan.naming_close_at is None or not plan.dates:
        return
    until = terms.add_school_days(facts.network, plan.naming_close_at, plan.reply_days)
    if until > plan.dates[0][0]:
        days = english.plural(plan.reply_days, "school day")
        yield DateFinding(
            "replies",
            Gravity.WORTH_KNOWING,
            f"Parents have {days} to reply. Those of a pupil named on the last day could reply "
            f"until {terms.day_text(terms.london(until).date())}, when the event has begun. Close "
            "naming earlier, or give them fewer days.",
        )


def _is_school_day(facts: CalendarFacts, on: date) -> bool:
    return terms.is_school_day(facts.network, on)


def _days(days: Sequence[date]) -> str:
    return named(terms.day_text(on) for on in days)


def _grave(kind: str, words: str, about: Sequence[object]) -> DateFinding:
    return DateFinding(kind, Gravity.GRAVE, words, len(about))

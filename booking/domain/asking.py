"""What a host asks besides: kinds of questions, what answers them, and how long it is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from booking.domain import terms
from booking.domain.problems import Problem

QUESTIONS_MAX, OPTIONS_MIN, OPTIONS_MAX = 8, 2, 12
LABEL_MAX, WORDS_MAX, HELP_MAX, OPTION_MAX, TEXT_MAX = 30, 120, 200, 60, 200
NUMBER_MAX = 9999
YES_OR_NO = ("Yes", "No")


class AskedOf(StrEnum):
    """Who is asked: for each pupil the parent, or the pupil; or once each school that comes."""

    PARENT = "parent"
    PUPIL = "pupil"
    SCHOOL = "school"


class AnswerKind(StrEnum):
    """What kind of answer is wanted."""

    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes_no"


class KeptUntil(StrEnum):
    """When the answers are deleted."""

    DAY_AFTER = "day_after"
    FORTNIGHT = "fortnight"
    SCHOOL_YEAR = "school_year"


OF_WORDS = {
    AskedOf.PARENT: "Parents, with their reply",
    AskedOf.PUPIL: "Pupils: the school or the family answers for them",
    AskedOf.SCHOOL: "Schools: each that comes, once",
}
KIND_WORDS = {
    AnswerKind.CHOICE: "One of a list",
    AnswerKind.SEVERAL: "Several of a list",
    AnswerKind.NUMBER: "A number",
    AnswerKind.TEXT: "A short text",
    AnswerKind.YES_NO: "Yes or no",
}
KEPT_WORDS = {
    KeptUntil.DAY_AFTER: "the day after the event",
    KeptUntil.FORTNIGHT: "14 days after the event",
    KeptUntil.SCHOOL_YEAR: "at the end of the school year",
}
LISTS = frozenset({AnswerKind.CHOICE, AnswerKind.SEVERAL})
_KEPT_FOR = {KeptUntil.DAY_AFTER: timedelta(days=1), KeptUntil.FORTNIGHT: timedelta(days=14)}


@dataclass(frozen=True)
class Asking:
    """One question as the host writes it."""

    of: AskedOf
    kind: AnswerKind
    #: What lists and columns call it: "T-shirt size".
    label: str
    #: What is asked: "Which T-shirt size fits?"
    words: str
    help: str = ""
    #: For a list only.
    options: tuple[str, ...] = ()
    #: The limits of a number.
    low: int | None = None
    high: int | None = None
    required: bool = False
    #: Whether the day's staff read the answers too, or only the teachers who host.
    for_staff: bool = False
    kept: KeptUntil = KeptUntil.FORTNIGHT

    @property
    def choices(self) -> tuple[str, ...]:
        """Return what may be chosen; nothing where a number or a text is wanted."""
        return YES_OR_NO if self.kind is AnswerKind.YES_NO else self.options

    @property
    def texts(self) -> tuple[str, ...]:
        """Return everything that whoever answers reads."""
        return (self.label, self.words, self.help, *self.options)


@dataclass(frozen=True)
class Told:
    """One answer, in the part that its kind has; empty in all of them: none."""

    #: Positions in the list of choices.
    chosen: tuple[int, ...] = ()
    number: int | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing was answered."""
        return not self.chosen and self.number is None and not self.text


NOTHING = Told()


def problems(asking: Asking) -> Sequence[Problem]:
    """Return what is wrong with a question as it was written."""
    return [*_missing(asking), *_of_list(asking), *_of_number(asking)]


def _missing(asking: Asking) -> Iterator[Problem]:
    if not asking.label:
        yield Problem("label", "Enter a short name, such as “T-shirt size”.")
    if not asking.words:
        yield Problem("words", "Write the question.")
    for name, most in (("label", LABEL_MAX), ("words", WORDS_MAX), ("help", HELP_MAX)):
        if len(getattr(asking, name)) > most:
            yield Problem(name, f"Keep this to {most} characters or fewer.")


def _of_list(asking: Asking) -> Iterator[Problem]:
    if asking.kind not in LISTS:
        return
    if not OPTIONS_MIN <= len(asking.options) <= OPTIONS_MAX:
        yield Problem(
            "options", f"Give {OPTIONS_MIN} to {OPTIONS_MAX} choices, each on its own line."
        )
    elif len({option.casefold() for option in asking.options}) < len(asking.options):
        yield Problem("options", "Each choice may be there once.")
    elif any(len(option) > OPTION_MAX for option in asking.options):
        yield Problem("options", f"Keep each choice to {OPTION_MAX} characters or fewer.")


def _of_number(asking: Asking) -> Iterator[Problem]:
    if asking.kind is not AnswerKind.NUMBER:
        return
    low, high = asking.low, asking.high
    if low is None or high is None:
        yield Problem("low" if low is None else "high", "Give both limits, such as 0 and 20.")
    elif not 0 <= low < high <= NUMBER_MAX:
        yield Problem("high", f"The limits go from 0 to {NUMBER_MAX}, the smaller one first.")


def settled(asking: Asking) -> Asking:
    """Return a question without the parts that its kind does not have."""
    is_list, is_number = asking.kind in LISTS, asking.kind is AnswerKind.NUMBER
    return replace(
        asking,
        options=asking.options if is_list else (),
        low=asking.low if is_number else None,
        high=asking.high if is_number else None,
    )


def refusal(asking: Asking, told: Told) -> str:
    """Return why an answer will not do, or "". Whether there has to be one is asked elsewhere."""
    if told.is_empty:
        return ""
    if asking.kind is AnswerKind.TEXT:
        fits = not told.chosen and told.number is None
        if fits and len(told.text) > TEXT_MAX:
            return f"Keep this to {TEXT_MAX} characters or fewer."
        return "" if fits else "Write a short text."
    if asking.kind is AnswerKind.NUMBER:
        return _refused_number(asking, told)
    only = not told.text and told.number is None
    known = all(0 <= place < len(asking.choices) for place in told.chosen)
    once = len(set(told.chosen)) == len(told.chosen)
    count = 1 if asking.kind is not AnswerKind.SEVERAL else len(asking.choices)
    fits = only and known and once and 1 <= len(told.chosen) <= count
    return "" if fits else "Choose from the list."


def _refused_number(asking: Asking, told: Told) -> str:
    assert asking.low is not None, "a number has limits"
    assert asking.high is not None, "a number has limits"
    if told.number is None or told.chosen or told.text:
        return "Enter a whole number."
    if not asking.low <= told.number <= asking.high:
        return f"Enter a number from {asking.low} to {asking.high}."
    return ""


def in_words(asking: Asking, told: Told) -> str:
    """Return an answer as people read it; "" if there is none."""
    if told.is_empty:
        return ""
    if asking.kind is AnswerKind.NUMBER:
        return str(told.number)
    if asking.kind is AnswerKind.TEXT:
        return told.text
    return ", ".join(asking.choices[place] for place in told.chosen)


def deleted_at(kept: KeptUntil, last_ends_at: datetime) -> datetime:
    """Return from when the answers about an event are past their time."""
    if kept is KeptUntil.SCHOOL_YEAR:
        year = terms.school_year(terms.london(last_ends_at).date())
        return _midnight(terms.school_year_bounds(year)[1] + timedelta(days=1))
    return last_ends_at + _KEPT_FOR[kept]


def ended_by(kept: KeptUntil, now: datetime) -> datetime:
    """Return by when an event must have ended for its answers to be past their time now."""
    if kept is KeptUntil.SCHOOL_YEAR:
        first = terms.school_year_bounds(terms.school_year(terms.london(now).date()))[0]
        # An event that ends at that very midnight is the new year's.
        return _midnight(first) - timedelta(microseconds=1)
    return now - _KEPT_FOR[kept]


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(), tzinfo=terms.LONDON).astimezone(UTC)

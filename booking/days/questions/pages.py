"""What pages show of a host's questions: totals, who has not answered, columns for lists."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from booking.days.events.models import Event, EventState
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.days.questions import queries
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain import english
from booking.domain.asking import AnswerKind, AskedOf

NOT_ANSWERED = "Not answered"


@dataclass(frozen=True)
class AnswerColumn:
    """What was answered to one question, as a column of a list of pupils."""

    heading: str
    #: By booking; or by school, where each school was asked once.
    cells: Mapping[int, str]
    of_school: bool = False

    def cell(self, booking: Booking) -> str:
        """Return what stands beside a pupil: an empty cell would look like an answer."""
        return self.cells.get(booking.school_id if self.of_school else booking.id, NOT_ANSWERED)


def columns_for_host(event_id: int, *, only_for_staff: bool) -> list[AnswerColumn]:
    """Return a column for each question; three reads, however many pupils there are.

    `only_for_staff` leaves out, unread, what only the teachers who host may know.
    """
    asked = queries.of_event(event_id)
    return _columns([q for q in asked if q.for_staff or not only_for_staff], school_id=None)


def columns_for_school(event_id: int, school_id: int) -> list[AnswerColumn]:
    """Return a column for each question about a school's own pupils."""
    return _columns(queries.of_event(event_id, *queries.OF_PUPILS), school_id=school_id)


def _columns(asked: Sequence[EventQuestion], *, school_id: int | None) -> list[AnswerColumn]:
    cells: dict[int, dict[int, str]] = {question.id: {} for question in asked}
    for answer in _answers(asked, school_id=school_id):
        whose = answer.school_id or answer.booking_id
        assert whose is not None, "an answer is of a school or about a booking"
        cells[answer.question_id][whose] = answer.in_words
    return [AnswerColumn(q.label, cells[q.id], q.of is AskedOf.SCHOOL) for q in asked]


def _answers(
    asked: Iterable[EventQuestion], *, school_id: int | None = None
) -> list[QuestionAnswer]:
    of_schools = [question.id for question in asked if question.of is AskedOf.SCHOOL]
    of_pupils = [question.id for question in asked if question.of is not AskedOf.SCHOOL]
    return [
        *queries.about_pupils(of_pupils, school_id=school_id),
        *queries.of_schools(of_schools),
    ]


def if_late(event: Event) -> str:
    """Return what one more question would bring, before it is asked; "" if nobody replied."""
    if event.state is EventState.DRAFT or not queries.has_replies(event.id):
        return ""
    families = queries.replied(event.id)
    silent = sum(not places.reachable_parents(booking) for booking in families)
    said = f"{english.plural(len(families), 'family has', 'families have')} replied already."
    asked = " Parents are asked this by e-mail; schools, also for pupils, have a task."
    unreached = (
        f" {english.plural(silent, 'family has', 'families have')} no e-mail address: their "
        "school is asked to ask."
        if silent
        else ""
    )
    return f"{said}{asked}{unreached} Nobody has to answer what comes so late."


@dataclass(frozen=True)
class QuestionTotals:
    """One question with what was answered in all: numbers, and no name of a pupil."""

    question: EventQuestion
    #: "M", "14".
    lines: Sequence[tuple[str, str]]
    answers: int
    #: How many have not answered, and of schools also which.
    missing: str


def totals(event: Event, *, by_school: bool) -> list[QuestionTotals]:
    """Return an event's questions with their totals.

    `by_school`: the reader hosts, and so may know what each school said for itself.
    """
    asked = queries.of_event(event.id)
    told: dict[int, list[QuestionAnswer]] = {question.id: [] for question in asked}
    for answer in _answers(asked):
        told[answer.question_id].append(answer)
    pupils = queries.pupils_at(event.id) if asked else 0
    schools = {s.id: s.name for s in queries.schools_coming(event.id)} if asked else {}
    found = []
    for question in asked:
        answers, lines = told[question.id], _lines(question, told[question.id])
        missing = _pupils_missing(pupils - len(answers))
        if question.of is AskedOf.SCHOOL:
            missing = _schools_missing(schools, answers)
            lines += _of_each_school(schools, answers) if by_school else []
        found.append(QuestionTotals(question, lines, len(answers), missing))
    return found


def _lines(question: EventQuestion, answers: Sequence[QuestionAnswer]) -> list[tuple[str, str]]:
    """Return what may be counted: each choice, or the sum of numbers. Texts cannot be."""
    if question.kind is AnswerKind.NUMBER:
        numbers = [answer.number for answer in answers if answer.number is not None]
        if not numbers:
            return []
        return [
            ("In all", str(sum(numbers))),
            ("Smallest and largest", f"{min(numbers)} and {max(numbers)}"),
        ]
    chosen = Counter(place for answer in answers for place in answer.chosen)
    return [(choice, str(chosen[place])) for place, choice in enumerate(question.asking.choices)]


def _of_each_school(
    schools: Mapping[int, str], answers: Iterable[QuestionAnswer]
) -> list[tuple[str, str]]:
    """Return what each school said for itself: its host reads which school it was."""
    told = {answer.school_id: answer.in_words or "Nothing" for answer in answers}
    return [(name, told[school_id]) for school_id, name in schools.items() if school_id in told]


def _pupils_missing(count: int) -> str:
    return f"Not answered: {english.plural(count, 'pupil')}." if count > 0 else ""


def _schools_missing(schools: Mapping[int, str], answers: Iterable[QuestionAnswer]) -> str:
    told = {answer.school_id for answer in answers}
    names = [name for school_id, name in schools.items() if school_id not in told]
    return f"Not answered: {english.listed(names)}." if names else ""


@dataclass(frozen=True)
class AnswerLine:
    """One question and its answer, on the page about one pupil."""

    label: str
    answer: str


def about_pupil(event_id: int, booking_id: int) -> list[AnswerLine]:
    """Return what was asked and answered about one pupil, for the pupil's own school."""
    known = queries.about_booking(booking_id)
    return [
        AnswerLine(q.label, known[q.id].in_words if q.id in known else NOT_ANSWERED)
        for q in queries.of_event(event_id, *queries.OF_PUPILS)
    ]

"""Who reads which answer of a family, when and on which page: one table.

The privacy page is drawn from it, and a test opens each page as each reader: a question that
nobody reads is not asked, and what is promised here has a page.
"""

from dataclasses import dataclass

from booking.domain import english

#: Days before the first and after the last date of an event.
HEALTH_DAYS_BEFORE, NEEDS_DAYS_BEFORE, DAYS_AFTER = 3, 7, 1
#: How long after it the register can be corrected, by the helpers of the day as well.
REGISTER_DAYS_AFTER = 7
#: How long answers are kept after the event.
KEPT_DAYS = 14


@dataclass(frozen=True)
class ReadingTime:
    """When something is shown, in words that follow a name, and in days around the event."""

    words: str
    #: None: from when it is sent, or for as long as it is kept.
    days_before: int | None = None
    days_after: int | None = None


@dataclass(frozen=True)
class AnswerReader:
    """Somebody who reads an answer, on a page."""

    key: str
    who: str
    #: The page's endpoint.
    page: str
    window: ReadingTime
    #: What they are called beside a question of the host's, where there may be eight.
    short: str = ""


@dataclass(frozen=True)
class Question:
    """One question of the reply, and who reads its answer."""

    name: str
    #: What the reply calls the answers to it.
    answers: tuple[str, ...]
    readers: tuple[AnswerReader, ...]


def _days(number: int) -> str:
    return english.plural(number, "day")


ALWAYS = ReadingTime("from when you send it")
_UNTIL = f"until {_days(DAYS_AFTER)} after"
AROUND_HEALTH = ReadingTime(
    f"from {_days(HEALTH_DAYS_BEFORE)} before the event {_UNTIL}", HEALTH_DAYS_BEFORE, DAYS_AFTER
)
AROUND_NEEDS = ReadingTime(
    f"from {_days(NEEDS_DAYS_BEFORE)} before the event {_UNTIL}", NEEDS_DAYS_BEFORE, DAYS_AFTER
)
HELPING = ReadingTime(
    f"from {_days(NEEDS_DAYS_BEFORE)} before the event until {_days(REGISTER_DAYS_AFTER)} after",
    NEEDS_DAYS_BEFORE,
    REGISTER_DAYS_AFTER,
)
ON_THE_DAY = ReadingTime(
    "in an emergency on the day, with a reason, and your school is told at once", 0, 0
)

_SCHOOL, _SCHOOL_PAGE = "your child’s school, by its coordinators", "answers.pupil"
_ADULTS, _ADULTS_PAGE = "the adults who travel with your child, on their list", "answers.coach_list"
_HOST, _HOST_PAGE = "the host’s staff who look after the pupils", "rosters.page"


def _school(window: ReadingTime = ALWAYS) -> AnswerReader:
    return AnswerReader("school", _SCHOOL, _SCHOOL_PAGE, window, "your child’s school")


def _adults(window: ReadingTime = ALWAYS) -> AnswerReader:
    return AnswerReader("adults", _ADULTS, _ADULTS_PAGE, window, "the adults who travel along")


def _host(window: ReadingTime) -> AnswerReader:
    return AnswerReader("host", _HOST, _HOST_PAGE, window)


_TEACHERS = "the teachers who host"
#: What is no need of the child is on the roster for as long as there is one.
_HOSTS = (
    AnswerReader("teachers", _TEACHERS, _HOST_PAGE, ALWAYS, _TEACHERS),
    AnswerReader(
        "helpers", "their helpers on the day", _HOST_PAGE, HELPING, "their helpers around the day"
    ),
)
_OVERSEERS = AnswerReader(
    "overseers",
    "the network lead and the auditor for 15 minutes, if they say why and the school is told",
    _HOST_PAGE,
    ALWAYS,
)
_HELPERS_IF = AnswerReader(
    "helpers",
    "their helpers on the day, if the question says so",
    _HOST_PAGE,
    HELPING,
)


def host_question(*, for_staff: bool) -> Question:
    """Return a question of the host's own, as far as who reads its answer."""
    readers = (_school(), _adults(), *_HOSTS[: 1 + for_staff])
    return Question("What the host asks besides", ("asked",), readers)


QUESTIONS = (
    Question("Consent, with the name you type", ("given_by",), (_school(),)),
    Question(
        "Health and emergencies",
        ("health",),
        (_school(AROUND_HEALTH), _adults(AROUND_HEALTH), _host(AROUND_HEALTH)),
    ),
    Question("What makes the day easier", ("access",), (_school(), _adults(), _host(AROUND_NEEDS))),
    Question("Food", ("diets",), (_school(), _adults(), _host(AROUND_NEEDS))),
    Question("Photos", ("photo",), (_school(), *_HOSTS, _OVERSEERS)),
    Question(
        "The way home",
        ("collection", "collected_by"),
        (_school(), _adults(), *_HOSTS, _OVERSEERS),
    ),
    Question(
        "Whom to ring in an emergency",
        ("emergency_name", "emergency_phone"),
        (_school(), _adults(), AnswerReader("emergency", _HOST, "answers.contact", ON_THE_DAY)),
    ),
    Question(
        "What the host asks besides, if it does",
        ("asked",),
        (*host_question(for_staff=False).readers, _HELPERS_IF),
    ),
)


def words(question: Question) -> str:
    """Return who reads an answer, and when, in sentences."""
    told = [f"{reader.who}, {reader.window.words}" for reader in question.readers]
    return " ".join(f"{one[0].upper()}{one[1:]}." for one in told)


def in_short(question: Question) -> str:
    """Return who reads an answer, in a few words: "your child’s school and the teachers who …"."""
    return english.listed(reader.short for reader in question.readers)

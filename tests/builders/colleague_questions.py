"""Questions for tests, asked and answered as colleagues would."""

from datetime import timedelta

from booking.foundation import clock
from booking.foundation.db import transaction
from booking.network.colleague_questions import service as colleague_questions
from booking.network.colleague_questions.details import AnsweredDetails, AskedDetails
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.people.schools.models import Person, School
from tests.builders.schools import actor_of

TITLE = "Has anybody else timed a chess day?"


def ask(
    person: Person,
    school: School | None = None,
    *,
    title: str = TITLE,
    about: str = "Ours ran over by an hour.",
    area: str = "",
    without_name: bool = False,
    ago: timedelta = timedelta(),
) -> ColleagueQuestion:
    """Ask colleagues, now or some time ago."""
    with transaction():
        return colleague_questions.ask(
            actor=actor_of(person),
            now=clock.now() - ago,
            details=AskedDetails(
                title, about, area, school.id if school is not None else None, without_name
            ),
        )


def answer(
    question: ColleagueQuestion,
    person: Person,
    school: School | None = None,
    *,
    words: str = "Year 9 kept the time for us.",
) -> ColleagueAnswer:
    """Answer a question."""
    with transaction():
        return colleague_questions.answer(
            actor=actor_of(person),
            now=clock.now(),
            question=question,
            details=AnsweredDetails(words, school.id if school is not None else None),
        )


def help_with(answer: ColleagueAnswer, asker: Person) -> None:
    """Say that an answer helped."""
    with transaction():
        colleague_questions.say_it_helped(actor=actor_of(asker), now=clock.now(), answer=answer)

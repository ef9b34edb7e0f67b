"""Questions and answers in words: who wrote them, and how they stand."""

from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.people.schools import words as school_words
from booking.people.schools.models import Person, School

NAME_NO_PUPIL = "Name no pupil, not even by a forename: every school reads this."
WITHOUT_NAME = (
    "Nobody reads your name or your school with it. Only the network lead could look who it was; "
    "each look is recorded with its reason, and you are told."
)
#: Who wrote something whose name is not shown.
SOMEBODY, COLLEAGUE, ASKER = "Asked without a name", "A colleague", "Whoever asked"
WHICH = {
    "open": "Open",
    "unanswered": "Not answered yet",
    "closed": "Closed",
    "mine": "My own",
}


def asker(question: ColleagueQuestion) -> str:
    """Return who asked, and at which school; nobody if it was asked without a name."""
    return SOMEBODY if question.without_name else _who(question.author, question.school)


def answerer(answer: ColleagueAnswer, question: ColleagueQuestion) -> str:
    """Return who answered: of whoever asked without a name, no more than that."""
    if question.without_name and answer.author_id == question.author_id:
        return ASKER
    return _who(answer.author, answer.school)


def _who(person: Person | None, school: School | None) -> str:
    """Return a name and a school; once somebody has left, the school alone."""
    there = person is not None and school_words.is_still_there(person, school)
    name = person.name if there and person is not None else COLLEAGUE
    return f"{name}, {school.name}" if school is not None else name

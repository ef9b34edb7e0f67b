"""What is said about a question beside it: who reads the answer, and until when."""

from booking.days.questions.models import EventQuestion
from booking.domain import readers
from booking.domain.asking import KEPT_WORDS, KIND_WORDS, OF_WORDS, AskedOf

OF_SCHOOL = "Read by the teachers who host{staff}. Deleted {when}."


def read_by(question: EventQuestion) -> str:
    """Return who reads an answer and when it is deleted, in sentences for whoever answers."""
    when = KEPT_WORDS[question.kept]
    if question.of is AskedOf.SCHOOL:
        staff = " and their helpers around the day" if question.for_staff else ""
        return OF_SCHOOL.format(staff=staff, when=when)
    asked = readers.host_question(for_staff=question.for_staff)
    return f"Read by {readers.in_short(asked)}. Deleted {when}."


def of(question: EventQuestion) -> str:
    """Return who is asked for what kind of answer, in a sentence for the host."""
    limits = f", {question.low} to {question.high}" if question.low is not None else ""
    return f"{OF_WORDS[question.of]}. {KIND_WORDS[question.kind]}{limits}."


def hint(question: EventQuestion) -> str:
    """Return what stands below a question: the host's own help, and who reads the answer."""
    return " ".join(filter(None, (_sentence(question.help), read_by(question))))


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!", "”")) else f"{text}."

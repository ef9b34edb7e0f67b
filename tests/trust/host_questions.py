"""What the host of the day asks besides; what families and schools answer is marked."""

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.questions import service as questions
from booking.days.questions.models import EventQuestion
from booking.domain.asking import AnswerKind, AskedOf, Told
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools.models import School
from tests.builders.questions import ask as add
from tests.trust.canaries import Canaries

TEXT = AnswerKind.TEXT


def ask(event: Event) -> dict[str, str]:
    """Ask families and schools, and once what nobody has answered."""
    add(event, kind=TEXT, label="Instrument", words="Which instrument?", for_staff=True)
    add(event, kind=TEXT, label="Coach", words="Which coach?", of=AskedOf.SCHOOL, for_staff=True)
    return {"event_question": add(event, of=AskedOf.PUPIL).public_id}


def answers(mark: Canaries) -> dict[int, Told]:
    """Return a marked answer of a family; the host and the day's staff read it, and its school."""
    found = db.session.scalars(select(EventQuestion.id).where(EventQuestion.label == "Instrument"))
    return {id_: Told(text=mark.word("asked", mark.needs)) for id_ in found}


def answer_as_school(event: Event, school: School, mark: Canaries) -> None:
    """Let a school answer for itself, marked."""
    found = db.session.scalars(select(EventQuestion.id).where(EventQuestion.label == "Coach"))
    own = {id_: Told(text=mark.word("coach", mark.needs)) for id_ in found}
    with transaction():
        questions.answer_as_school(
            actor=COMMAND, now=clock.now(), event=event, school=school, own=own, pupils={}
        )

"""What a host of the demonstration asks besides: of families a size, of schools a number."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.questions import queries, service
from booking.domain.asking import AnswerKind, AskedOf, Asking, KeptUntil, Told
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.people.schools.models import School

#: The event about which something is asked.
TITLE = "Shakespeare in a day"
QUESTIONS = (
    Asking(
        of=AskedOf.PARENT,
        kind=AnswerKind.CHOICE,
        label="Costume size",
        words="Which costume fits your child?",
        help="As for a T-shirt. The company brings them along.",
        options=("Small, 5 to 6", "Medium, 7 to 8", "Large, 9 to 11"),
        required=True,
        for_staff=True,
        kept=KeptUntil.DAY_AFTER,
    ),
    Asking(
        of=AskedOf.SCHOOL,
        kind=AnswerKind.NUMBER,
        label="Adults for lunch",
        words="How many adults from your school stay for lunch?",
        low=0,
        high=6,
    ),
)


def ask(event: Event, *, actor: Actor, now: datetime) -> None:
    """Ask about a draft, if it is the one, as its host."""
    if event.title != TITLE:
        return
    for wanted in QUESTIONS:
        service.add(actor=actor, now=now, event=event, wanted=wanted)
        db.session.flush()


def answer(event: Event, school: School, *, actor: Actor, now: datetime) -> None:
    """Answer for a school that has named its pupils; every second one has not come to it yet."""
    if event.title != TITLE or school.id % 2:
        return
    if school.id not in {one.id for one in queries.schools_coming(event.id)}:
        return
    own = {q.id: Told(number=2) for q in queries.of_event(event.id, AskedOf.SCHOOL)}
    service.answer_as_school(actor=actor, now=now, event=event, school=school, own=own, pupils={})

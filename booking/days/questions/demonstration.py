"""What a host of the demonstration asks besides: of families a size, of schools a number."""

from datetime import datetime

from sqlalchemy import select

from booking.days.events.models import Event, EventState
from booking.days.questions import queries, service
from booking.domain.asking import AnswerKind, AskedOf, Asking, KeptUntil, Told
from booking.foundation.db import db, transaction
from booking.people.schools.scene import Diary, Scene

TITLE = "Clay and kiln"
#: Days before today: asked before any family replies, and answered by half of the schools.
ASKED, ANSWERED = 46, 5
QUESTIONS = (
    Asking(
        of=AskedOf.PARENT,
        kind=AnswerKind.CHOICE,
        label="Apron size",
        words="Which apron fits your child?",
        help="As for a T-shirt. We lay them out the evening before.",
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


def put_into(scene: Scene, diary: Diary) -> None:
    """Put what is asked, and what schools answer, into the diary."""
    diary.put(scene.day(ASKED), lambda now: _ask(scene, now))
    diary.put(scene.day(ANSWERED), lambda now: _answer(scene, now))


def _event() -> Event | None:
    return db.session.scalars(
        select(Event)
        .where(Event.title == TITLE, Event.state == EventState.PUBLISHED)
        .order_by(Event.first_starts_at.desc())
    ).first()


def _ask(scene: Scene, now: datetime) -> None:
    with transaction():
        if event := _event():
            host = scene.host_of(event.host_school.slug)
            for wanted in QUESTIONS:
                service.add(actor=host, now=now, event=event, wanted=wanted)
                db.session.flush()


def _answer(scene: Scene, now: datetime) -> None:
    with transaction():
        if event := _event():
            own = {q.id: Told(number=2) for q in queries.of_event(event.id, AskedOf.SCHOOL)}
            for school in queries.schools_coming(event.id)[::2]:
                service.answer_as_school(
                    actor=scene.coordinator_of(school),
                    now=now,
                    event=event,
                    school=school,
                    own=own,
                    pupils={},
                )

"""What the demonstration's colleagues ask one another, and what helped."""

from datetime import datetime, time

from booking.domain.permissions import Actor, Role
from booking.foundation.db import transaction
from booking.network.colleague_questions import queries, service
from booking.network.colleague_questions.details import AnsweredDetails, AskedDetails
from booking.people.schools.scene import Diary, Scene

#: In days before today.
ASKED, ANSWERED, LATELY = 40, 38, 9
_TIMED = AskedDetails(
    "Has anybody else run a chess day with more boards than teachers?",
    "Ours ran over by an hour, because every game waited for somebody to look at the clock.",
)
_ANSWER = (
    "We let Year 9 keep the time, two boards each, with a kitchen timer. Twelve minutes a game, "
    "and whoever has more pieces wins."
)
_ALONE = AskedDetails(
    "How do you keep going when the head cuts the time for coordinating?",
    "I have an hour a week for it now, and it takes four.",
    without_name=True,
)
_OPEN = AskedDetails(
    "Which microscopes survive thirty pupils a day?",
    "We can buy six this year. Ours lose their screws.",
)


def ask(scene: Scene, diary: Diary) -> None:
    """Put into the diary a question that was answered, one without a name, and one that waits."""
    people = [actor for actor in scene.people.values() if actor.has(Role.COORDINATOR)]

    def asking(number: int, details: AskedDetails, now: datetime) -> None:
        with transaction():
            service.ask(actor=people[number], now=now, details=details)

    def answer(now: datetime) -> None:
        (question, *_rest) = queries.unanswered()
        with transaction():
            row = service.answer(
                actor=people[1], now=now, question=question, details=_answered(people[1], _ANSWER)
            )
        with transaction():
            service.say_it_helped(actor=people[0], now=now, answer=row)

    diary.put(scene.day(ASKED, time(16)), lambda now: asking(0, _of(people[0], _TIMED), now))
    diary.put(scene.day(ANSWERED, time(16)), answer)
    diary.put(scene.day(LATELY, time(16)), lambda now: asking(2, _ALONE, now))
    diary.put(scene.day(LATELY - 1, time(16)), lambda now: asking(3, _of(people[3], _OPEN), now))


def _of(actor: Actor, details: AskedDetails) -> AskedDetails:
    school_id = actor.school_ids(Role.COORDINATOR)[0]
    return AskedDetails(details.title, details.about, school_id=school_id)


def _answered(actor: Actor, words: str) -> AnsweredDetails:
    return AnsweredDetails(words, school_id=actor.school_ids(Role.COORDINATOR)[0])

"""Questions of hosts for tests, asked and answered by the services."""

from typing import Any

from booking.days.events.models import Event
from booking.days.questions import service as questions
from booking.days.questions.models import EventQuestion
from booking.domain.asking import AnswerKind, AskedOf, Asking
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from tests.builders.rewritten import rewritten


def asking(**changes: Any) -> Asking:
    """Return a question to parents, with three sizes to choose from."""
    facts: dict[str, Any] = {
        "of": AskedOf.PARENT,
        "kind": AnswerKind.CHOICE,
        "label": "T-shirt size",
        "words": "Which T-shirt size fits?",
        **changes,
    }
    if facts["kind"] in {AnswerKind.CHOICE, AnswerKind.SEVERAL}:
        facts.setdefault("options", ("S", "M", "L"))
    if facts["kind"] is AnswerKind.NUMBER:
        facts = {"low": 0, "high": 20, **facts}
    return Asking(**facts)


@rewritten
def ask(event: Event, **changes: Any) -> EventQuestion:
    """Ask one question; of families by default which T-shirt size fits."""
    with transaction():
        question = questions.add(
            actor=COMMAND, now=clock.now(), event=event, wanted=asking(**changes)
        )
        db.session.flush()
    return question

"""A parent's whole reply, sent at once: consent, health and food, the day."""

from dataclasses import replace
from datetime import datetime

from booking.days.places.models import Booking
from booking.days.questions import service as questions
from booking.domain.permissions import Actor
from booking.money.checkout.queries import replies
from booking.money.checkout.queries.replies import Reply
from booking.money.checkout.service import answers
from booking.money.checkout.service.answers import Answers
from booking.money.checkout.service.consent import answerable


class AnsweredMeanwhile(ValueError):
    """Somebody else replied while the page was open; its answers may only follow knowingly."""

    def __init__(self) -> None:
        super().__init__(
            "Another parent has replied since this page was opened, or the school has from paper. "
            "What you typed is still here. Send it if you would like to add it to theirs."
        )


def answered_by_others(reply: Reply, parent_id: int) -> bool:
    """Return whether everything was answered, and not by this parent."""
    consent = reply.consent
    return reply.complete and consent is not None and consent.parent_id != parent_id


def reply(
    *,
    actor: Actor,
    now: datetime,
    booking: Booking,
    told: Answers,
    parent_id: int,
    read: str,
    after_others: bool = False,
) -> Booking:
    """Record a parent's whole reply and send it; the place is confirmed unless a charge waits.

    `after_others` says that the page showed that somebody else had replied. Raises NotInvited,
    AnsweredMeanwhile, questions.QuestionUnanswered and what each answer refuses.
    """
    booking = answerable(booking)
    known = replies.reply(booking)
    if answered_by_others(known, parent_id) and not after_others:
        raise AnsweredMeanwhile
    questions.refuse_unanswered(booking, told.asked)
    if known.needs is not None and answers.told_by_others(known.needs, parent_id):
        told = replace(told, health=told.health or None)  # an empty box takes nothing out
    return answers.answer(
        actor=actor,
        now=now,
        booking=booking,
        answers=told,
        parent_id=parent_id,
        read=read,
    )

"""Mail about a question that came after a family's reply: what is asked, never what was told."""

from collections.abc import Iterable
from datetime import datetime

from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.days.questions import words
from booking.days.questions.models import EventQuestion
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.web import addresses


def ask_late(question: EventQuestion, bookings: Iterable[Booking], *, now: datetime) -> None:
    """Ask the parents who have replied already one thing more, which they need not answer."""
    db.session.flush()
    for booking in bookings:
        for parent in invitations.reachable_parents(booking):
            _, url = invitations.new_link(
                booking.event, booking, parent, now=now, page=addresses.PARENT_QUESTIONS
            )
            notifications.queue(
                key=f"asked_late:{question.id}:{booking.id}:{parent.id}",
                to=parent.email,
                template="asked_late",
                now=now,
                keep_until=booking.event.first_starts_at,
                **invitations.of_family(booking),
                parent_name=parent.name,
                event=booking.event,
                asked=question.text,
                read_by=words.read_by(question),
                action_url=url,
                action_label="Answer",
            )

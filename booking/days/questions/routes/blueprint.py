"""The blueprint, and how its addresses find what they name."""

from typing import Any

from flask import Blueprint

from booking.days.questions import queries
from booking.days.questions.models import EventQuestion
from booking.domain.permissions import Scope

questions = Blueprint("questions", __name__)


def load_question(**url: Any) -> EventQuestion | None:
    """Return a question that is still asked."""
    found = queries.by_public_id(url["public_id"])
    return found if found is not None and found.withdrawn_at is None else None


def host_of(question: EventQuestion) -> Scope:
    """Return what a question belongs to: the host of its event."""
    return Scope(question.event.host_school_id, question.event_id)

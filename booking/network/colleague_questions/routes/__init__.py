"""Pages of questions: read, ask, answer, close; hide, settle and look, as the lead."""

from booking.network.colleague_questions.routes import asking, moderating, reading
from booking.network.colleague_questions.routes.blueprint import colleague_questions

__all__ = ["asking", "colleague_questions", "moderating", "reading"]

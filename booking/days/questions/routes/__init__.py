"""The pages about what hosts ask besides: for hosts, and for the schools that come."""

from booking.days.questions.routes import hosting, schools
from booking.days.questions.routes.blueprint import questions

__all__ = ["hosting", "questions", "schools"]

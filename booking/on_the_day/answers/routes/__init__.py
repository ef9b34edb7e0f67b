"""Pages on what families answered, for those who need it for the day."""

from booking.on_the_day.answers.routes import changes, coach, contact, pupil
from booking.on_the_day.answers.routes.blueprint import answers as blueprint

__all__ = ["blueprint", "changes", "coach", "contact", "pupil"]

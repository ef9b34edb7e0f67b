"""What the pages on families' answers show, ready for templates and files."""

from booking.on_the_day.answers.pages.pupil import PupilDay, pupil_day

__all__ = ["PupilDay", "pupil_day"]

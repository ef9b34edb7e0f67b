"""What callees, results of calls and ways are called."""

from datetime import datetime

from booking.domain import terms
from booking.on_the_day.incidents.models import Callee, CallResult, Way

CALLEE_WORDS = {
    Callee.ADULT: "the adult who travels along",
    Callee.SCHOOL: "the school",
    Callee.PARENT: "the parents",
}
RESULT_WORDS = {
    CallResult.SPOKE: "Spoke to somebody",
    CallResult.NO_ANSWER: "No answer",
    CallResult.LEFT_MESSAGE: "Left a message",
}
WAY_WORDS = {Way.IN: "Counted in", Way.OUT: "Counted out"}


def at(instant: datetime) -> str:
    """Return the time of day in London: "9:31am"."""
    return terms.time_text(terms.london(instant).time())

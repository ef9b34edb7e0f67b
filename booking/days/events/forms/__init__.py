"""Input about events: writing one, publishing it, cancelling it."""

from booking.days.events.forms.event import EventForm
from booking.days.events.forms.rules import RulesForm
from booking.days.events.forms.steps import CancelForm, PublishForm

__all__ = ["CancelForm", "EventForm", "PublishForm", "RulesForm"]

"""Input about events: writing one, publishing it, cancelling it."""

from booking.events.forms.event import EventForm
from booking.events.forms.rules import RulesForm
from booking.events.forms.steps import ButtonForm, CancelForm, PublishForm

__all__ = ["ButtonForm", "CancelForm", "EventForm", "PublishForm", "RulesForm"]

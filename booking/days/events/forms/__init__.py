"""Input about events: writing, publishing and cancelling one."""

from booking.days.events.forms.event import EventForm
from booking.days.events.forms.rules import EventRulesForm
from booking.days.events.forms.steps import CancelEventForm, PublishForm

__all__ = ["CancelEventForm", "EventForm", "EventRulesForm", "PublishForm"]

"""Input about events: writing, publishing and cancelling one."""

from booking.days.events.forms.event import EventForm
from booking.days.events.forms.rules import EventRulesForm
from booking.days.events.forms.steps import CancelEventForm, PublishForm
from booking.days.events.forms.themes import MergeThemesForm, ThemeForm

__all__ = [
    "CancelEventForm",
    "EventForm",
    "EventRulesForm",
    "MergeThemesForm",
    "PublishForm",
    "ThemeForm",
]

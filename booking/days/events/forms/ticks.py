"""Ticks for what speaks against an event's dates, on every form that tells people of them."""

from typing import Any

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from booking.days.events import labels
from booking.days.events.details import DateCheck


class TicksField(SelectMultipleField):
    """What speaks against the dates: a tick for each thing that somebody has seen and means."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str = labels.of("ticked"), **more: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **more)
        self.flags.depends = True  # not “(optional)”: it is asked when there is something to tick

    def offer(self, found: DateCheck) -> None:
        """Let each grave finding be ticked."""
        self.choices = [(finding.key, finding.words) for finding in found.grave]

"""Ticks for what speaks against an event's dates, on every form that tells people of them."""

from typing import Any

from booking.days.events import labels
from booking.days.events.details import DateCheck
from booking.foundation.web.forms import CheckboxesField


class TicksField(CheckboxesField):
    """What speaks against the dates: a tick for each thing that somebody has seen and means."""

    def __init__(self, label: str = labels.of("ticked"), **more: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **more)
        self.flags.depends = True  # not “(optional)”: it is asked when there is something to tick

    def offer(self, found: DateCheck) -> None:
        """Let each grave finding be ticked."""
        self.choices = [(finding.key, finding.words) for finding in found.grave]

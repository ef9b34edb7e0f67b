"""Input about tours: the tour itself, a wish for a stop, its leaders, a kit and its hand-overs."""

from booking.days.tours.forms.kits import HandOverForm, KitForm, kit_filled
from booking.days.tours.forms.leading import (
    AgreeToLeadersForm,
    LeadersForm,
    StopLeadersForm,
    stop_leaders_filled,
)
from booking.days.tours.forms.tours import AskForStopForm, StopReasonForm, TourForm, tour_filled

__all__ = [
    "AgreeToLeadersForm",
    "AskForStopForm",
    "HandOverForm",
    "KitForm",
    "LeadersForm",
    "StopLeadersForm",
    "StopReasonForm",
    "TourForm",
    "kit_filled",
    "stop_leaders_filled",
    "tour_filled",
]

"""What the pages about the way to an event show, ready for templates and files."""

from booking.on_the_day.travel.pages.arrivals import ArrivalLine, arrivals
from booking.on_the_day.travel.pages.card import EmergencyCard, emergency_card
from booking.on_the_day.travel.pages.pack import VisitPack, visit_pack
from booking.on_the_day.travel.pages.plan import TravelPage, doubts, plan_page

__all__ = [
    "ArrivalLine",
    "EmergencyCard",
    "TravelPage",
    "VisitPack",
    "arrivals",
    "doubts",
    "emergency_card",
    "plan_page",
    "visit_pack",
]

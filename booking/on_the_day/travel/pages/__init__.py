"""What the pages about the way to an event show, ready for templates and files."""

from booking.on_the_day.travel.pages.arrivals import ArrivalLine, arrivals
from booking.on_the_day.travel.pages.plan import TravelPage, doubts, plan_page

__all__ = [
    "ArrivalLine",
    "TravelPage",
    "arrivals",
    "doubts",
    "plan_page",
]

"""Groups on the day, and workshops: families choose for one event, and another's are shared out."""

from datetime import timedelta

from booking.days.events.models import Event
from booking.foundation import clock
from tests.builders import groups


def build(day: Event, charged: Event) -> dict[str, str]:
    """Put the day's pupils into groups and let them choose; share the charged day's out."""
    groups.propose_groups(day, groups=2)
    offered = [groups.offer_workshop(event, "Robots", 30) for event in (day, charged)]
    for event in (day, charged):
        groups.let_choose(event, until=clock.now() + timedelta(days=1))
    groups.share_out(charged)
    return {"workshop": offered[0].public_id}

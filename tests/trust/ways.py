"""How two schools travel to the day, and seats asked of each other; their texts are marked."""

from booking.days.events.models import Event
from booking.people.schools.models import School
from tests.builders import travel
from tests.trust.canaries import Canaries


def build(day: Event, own: School, other: School, marks: tuple[Canaries, ...]) -> dict[str, str]:
    """Let both say how they travel. The host reads who is at school; only they the rest."""
    plans = [
        travel.plan(
            day,
            school,
            seats=4,
            base_name=f"Base {mark.word('base', mark.roster)}",
            base_phone=mark.phone(mark.roster),
            **{
                name: mark.word("way", mark.private)
                for name in ("meeting_point", "supervision", "first_aid")
            },
        )
        for school, mark in zip((own, other), marks, strict=True)
    ]
    own_bus, their_bus = plans
    travel.note(day, first_aid="In the office", risks="A pond behind the hall")
    return {
        "bus": their_bus.public_id,
        "their_bus": own_bus.public_id,
        "seats_given": travel.ask(own_bus, other).public_id,
        "seats_taken": travel.confirm(travel.ask(their_bus, own)).public_id,
    }

"""A tour of the small network: led by one school's pupil, with a kit, a wish and an agreed stop."""

from booking.people.schools.models import School
from tests.builders import tours
from tests.trust.canaries import Canaries


def build(own: School, other: School, hosting: School, mark: Canaries) -> dict[str, str]:
    """Let the own school lead it: the name of its leader never leaves the school."""
    kit = tours.make_kit(own)
    tour = tours.make_tour(own, kit_id=kit.id)
    leader = tours.lead(tour, name=f"Led {mark.word('leader', mark.private)}")
    stop = tours.publish(tours.agree_stop(tour, hosting))
    tours.set_leaders(stop, leader)
    return {
        "kit": kit.public_id,
        "tour": tour.slug,
        "draft_tour": tours.make_tour(own, title="Evacuees", opened=False).slug,
        "tour_leader": leader.public_id,
        "stop": stop.public_id,
        "wish": tours.ask(tour, other, tours.at(45)).public_id,
    }

"""Tours: led by the own school, asked for by the other, agreed at the hosting one.

Who leads is for the leading school alone; whoever oversees the network sees how many.
"""

from tests.trust.matrix.rows import (
    COORDINATORS,
    EVERYBODY,
    HOSTS,
    LEAD,
    OWN,
    READERS,
    both,
    get,
    post,
)

TOUR, DRAFT = "/tours/{tour}", "/tours/{draft_tour}"
WISH, STOP = TOUR + "/stops/{wish}", TOUR + "/stops/{stop}"
LEADER = TOUR + "/leaders/{tour_leader}"
KIT = "/tours/kits/{kit}"
SCHOOLS = COORDINATORS | HOSTS
THEIRS = frozenset({"other", "elsewhere"})

ROWS = [
    get("tours.listing", "/tours/", EVERYBODY),
    get("tours.show", TOUR, EVERYBODY),
    *both("tours.begin", "/tours/new", HOSTS | LEAD),
    get("tours.work", TOUR + "/work", OWN | READERS),
    get("tours.history", TOUR + "/history", OWN | READERS),
    # None of these roles hosts at the leading school.
    *both("tours.change", TOUR + "/change", LEAD),
    post("tours.open_for_schools", DRAFT + "/open", LEAD),
    post("tours.discard", DRAFT + "/discard", LEAD),
    post("tours.end", TOUR + "/end", LEAD),
    post("tours.accept", WISH + "/accept", LEAD),
    *both("tours.decline", WISH + "/decline", LEAD),
    *both("tours.call_off", STOP + "/cancel", LEAD),
    *both("tours.ask", TOUR + "/ask", SCHOOLS),
    post("tours.withdraw", WISH + "/withdraw", THEIRS),
    *both("tours.leaders", TOUR + "/leaders", OWN),
    post("tours.agree", TOUR + "/leaders/agree", OWN),
    post("tours.remove_leader", LEADER + "/remove", OWN),
    # Nothing has been led yet, which the page of the leaders says.
    get("tours.certificate", LEADER + "/certificate.pdf", OWN, answer=303),
    *both("tours.stop_leaders", STOP + "/leaders", OWN),
    get("tours.kits", "/tours/kits/", SCHOOLS | READERS),
    *both("tours.add_kit", "/tours/kits/new", HOSTS | LEAD),
    get("tours.kit", KIT, SCHOOLS | READERS),
    *both("tours.change_kit", KIT + "/change", LEAD),
    # Whoever has it, owns it or waits for it.
    post(
        "tours.hand_over", KIT + "/hand-over", OWN | frozenset({"host"}), data={"to": "collected"}
    ),
]

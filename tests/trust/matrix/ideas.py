"""Ideas for events: read by schools and overseers, seconded by schools, taken up by hosts."""

from tests.trust.matrix.rows import COORDINATORS, HOSTS, LEAD, READERS, both, get, post

IDEA = "/ideas/{idea}"
SCHOOLS = COORDINATORS | HOSTS
KEEPERS = LEAD | {"own"}

ROWS = [
    get("ideas.listing", "/ideas/", SCHOOLS | READERS),
    *both("ideas.propose", "/ideas/new", SCHOOLS | LEAD),
    get("ideas.idea", IDEA, SCHOOLS | READERS),
    # Whoever had it, and the lead.
    *both("ideas.change", IDEA + "/change", KEEPERS),
    post("ideas.second", IDEA + "/second", SCHOOLS),
    post("ideas.undo_second", IDEA + "/undo", SCHOOLS),
    post("ideas.take_up", IDEA + "/take-up", HOSTS | LEAD),
    *both("ideas.close", IDEA + "/close", KEEPERS),
]

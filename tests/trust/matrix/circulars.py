"""Circulars: the lead writes to the network, a host to schools, a school to its own families."""

from tests.trust.matrix.rows import COORDINATORS, HOSTS, LEAD, OWN, both, get, post

KEEPERS = frozenset({"host"}) | LEAD
OF_LEAD, OF_HOST, OF_SCHOOL = (f"/circulars/{{circular_{who}}}" for who in ("lead", "host", "own"))

ROWS = [
    get("circulars.listing", "/circulars/", LEAD | HOSTS | COORDINATORS),
    *both("circulars.to_network", "/circulars/new", LEAD),
    *both("circulars.to_schools", "/host/events/{day_event}/write", KEEPERS),
    *both("circulars.to_families", "/school/events/{day_event}/write", COORDINATORS),
    get(
        "circulars.coordinators",
        "/host/events/{day_event}/coordinators",
        frozenset({"host", "day", "lead", "auditor"}),
    ),
    get("circulars.show", OF_SCHOOL, OWN),
    *both("circulars.change", OF_HOST + "/change", KEEPERS),
    post("circulars.try_out", OF_HOST + "/try", KEEPERS),
    post("circulars.stop", OF_SCHOOL + "/stop", OWN),
    post("circulars.send", OF_SCHOOL + "/send", OWN, data={"at": "1999-01-01T10:00"}),
    *both("circulars.keep", OF_HOST + "/keep", KEEPERS),
    # A school's templates are its own: the lead keeps the network's.
    get("circulars.templates", "/circulars/templates", LEAD | HOSTS | COORDINATORS),
    *both("circulars.new_template", "/circulars/templates/new", LEAD),
    *both("circulars.change_template", "/circulars/templates/{template_own}/change", OWN),
    *both("circulars.delete_template", "/circulars/templates/{template_lead}/delete", LEAD),
    *both("circulars.discard", OF_LEAD + "/discard", LEAD),
]

"""Visits: whoever sees network life looks; a school opens, its colleagues elsewhere ask."""

from tests.trust.matrix.rows import COORDINATORS, HOSTS, LIFE, OWN, both, get, post

VISIT = "/visits/{visit}"
ASK = "/visits/asks/{visit_ask}"
#: Only those who are of a school open a visit.
SCHOOLS = COORDINATORS | HOSTS | frozenset({"staff"})
#: This visit is for associates too. Those of its own school do not ask, nor those of none.
ELSEWHERE = (COORDINATORS | HOSTS | frozenset({"associate"})) - OWN
#: Who asked.
VISITOR = frozenset({"other"})

ROWS = [
    get("visits.listing", "/visits/", LIFE),
    get("visits.mine", "/visits/mine", LIFE),
    get("visits.rota", "/visits/rota", LIFE),
    *both("visits.open_visit", "/visits/new", SCHOOLS),
    get("visits.show", VISIT, LIFE),
    *both("visits.ask", VISIT + "/ask", ELSEWHERE),
    # Whoever opened it answers; what somebody asks is their own.
    *both("visits.change", VISIT + "/change", OWN),
    *both("visits.cancel", VISIT + "/cancel", OWN),
    *both("visits.answer", ASK + "/answer", OWN),
    post("visits.withdraw", ASK + "/withdraw", VISITOR),
    *both("visits.note", ASK + "/note", VISITOR),
]

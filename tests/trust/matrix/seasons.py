"""Season plans: numbers for everybody, wishes only for the pupil's own school."""

from tests.trust.matrix.rows import COORDINATORS, EVERYBODY, LEAD, OWN, READERS, both, get, post

PLAN = "/admin/plans/{plan}"
SCHOOL = "/school/plans/{plan}"

ROWS = [
    # What is published has no pupil in it, not even by reference.
    get("seasons.public_plan", "/plans/{accepted_plan}", EVERYBODY),
    get("seasons.download", "/plans/{accepted_plan}.json", EVERYBODY),
    # The lead and the auditor see numbers by school.
    get("seasons.plans", "/admin/plans/", READERS),
    get("seasons.new_plan", "/admin/plans/new", LEAD),
    post("seasons.open_plan", "/admin/plans/new", LEAD),
    get("seasons.plan", PLAN + "/", READERS),
    post("seasons.extend", PLAN + "/deadline", LEAD),
    *both("seasons.withdraw", PLAN + "/withdraw", LEAD),
    post("seasons.propose", PLAN + "/proposal", LEAD),
    get("seasons.proposal", PLAN + "/proposal", READERS),
    get("seasons.proposal_chart", PLAN + "/proposal.svg", READERS),
    post("seasons.accept", PLAN + "/accept", LEAD),
    # The same address shows each coordinator their own school's pupils.
    get("seasons.wishes", SCHOOL + "/", COORDINATORS),
    post("seasons.enter", SCHOOL + "/", COORDINATORS),
    post("seasons.set_at_most", SCHOOL + "/at-most", COORDINATORS),
    post("seasons.finish", SCHOOL + "/finish", COORDINATORS),
    *both("seasons.pupil", SCHOOL + "/pupils/{pupil}", OWN),
    get("seasons.own_part", "/school/plans/{accepted_plan}/wishes.json", COORDINATORS),
]

"""Claims of events' costs: made by hosts, decided on and paid by the network."""

from tests.trust.matrix.rows import LEAD, READERS, TREASURER, both, get, post

HOST = frozenset({"host"})
BOOKS = READERS | TREASURER
DECIDERS = LEAD | TREASURER
CLAIM, BACK = "/claims/{claim}", "/claims/{claim_back}"

ROWS = [
    *both("claims.of_event", "/host/events/{day_event}/claims", HOST | LEAD),
    # The hosts of its school, and those who decide, pay and look; its receipt is for fewer.
    get("claims.show", CLAIM, HOST | BOOKS),
    # The claimant, and nobody for them.
    *both("claims.change", BACK + "/change", HOST),
    post("claims.withdraw", CLAIM + "/withdraw", HOST),
    *both("claims.decide", CLAIM + "/decide", DECIDERS),
    # Neither approved nor paid yet, so these pages lead back to the claim.
    *both("claims.pay", CLAIM + "/pay", TREASURER, answer=303),
    *both("claims.undo_payment", CLAIM + "/undo-payment", TREASURER, answer=303),
    get("claims.all_claims", "/fund/claims", BOOKS),
]

"""Bids for CPD money: made by schools, decided on and paid by the network, told to members."""

from tests.trust.matrix.rows import (
    COORDINATORS,
    HOSTS,
    LEAD,
    OWN,
    READERS,
    TREASURER,
    both,
    get,
    post,
)

BID = "/cpd/bids/{bid}"
CLAIMED = "/cpd/bids/{claimed_bid}"
#: Anybody with a role at a school.
MEMBERS = COORDINATORS | HOSTS
BOOKS = READERS | TREASURER
DECIDERS = LEAD | TREASURER

ROWS = [
    get("bids.home", "/cpd/", MEMBERS),
    *both("bids.apply", "/cpd/apply", MEMBERS),
    # Its school's coordinators, whoever made it, and those who decide, pay and look.
    get("bids.bid", BID, OWN | BOOKS),
    *both("bids.claim", "/cpd/bids/{approved_bid}/claim", OWN),
    *both("bids.withdraw", "/cpd/bids/{approved_bid}/withdraw", OWN | DECIDERS),
    *both("bids.decide", BID + "/decide", DECIDERS),
    *both("bids.pay", CLAIMED + "/pay", TREASURER),
    # It has not been paid yet, so its page leads back to the bid.
    *both("bids.undo_payment", CLAIMED + "/undo-payment", TREASURER, answer=303),
    # Whoever sent it (a coordinator here), the treasurer and the auditor: not the lead.
    get("bids.receipt", CLAIMED + "/receipt", OWN | TREASURER | frozenset({"auditor"})),
    get("bids.all_bids", "/fund/bids", BOOKS),
    get("bids.rules", "/fund/bids/rules", BOOKS),
    post("bids.keep_rules", "/fund/bids/rules", DECIDERS),
    get("bids.spent", "/cpd/spent", MEMBERS | BOOKS),
]

"""Bank transfers of families: a parent's own page, and the treasurer's."""

from tests.trust.matrix.rows import EVERYBODY, LEAD, READERS, TREASURER, both, get, post

ROWS = [
    get(
        "transfers.of_parent",
        "/parent/{to_pay}/transfer",
        EVERYBODY,
        unknown="/parent/unknown/transfer",
        answer=303,
    ),
    post(
        "transfers.ask_reference",
        "/parent/{to_pay}/transfer",
        EVERYBODY,
        unknown="/parent/unknown/transfer",
    ),
    post(
        "transfers.say_sent",
        "/parent/{to_pay}/transfer/sent",
        EVERYBODY,
        unknown="/parent/unknown/transfer/sent",
    ),
    get("transfers.home", "/fund/transfers/", READERS | TREASURER),
    post("transfers.offer", "/fund/transfers/", LEAD | TREASURER),
    post("transfers.record_arrived", "/fund/transfers/arrived", TREASURER),
    *both("transfers.by_hand", "/fund/transfers/by-hand", TREASURER),
    post("transfers.sent_back", "/fund/transfers/refunds/{transfer_refund}/sent", TREASURER),
    *both("transfers.undo", "/fund/transfers/{transfer}/undo", TREASURER),
]

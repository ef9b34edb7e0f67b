"""Card money: payouts, disputes, refunds, what needs explaining, and the demo's back office."""

from tests.trust.matrix.network import BOOKS
from tests.trust.matrix.rows import EVERYBODY, TREASURER, get, post

FAILED = "/fund/refunds/{failed_refund}"
ROWS = [
    get("clearing.to_explain", "/fund/to-explain", BOOKS),
    get("clearing.explanation", "/fund/to-explain/{explanation}", BOOKS),
    post("clearing.explain", "/fund/to-explain/{explanation}", TREASURER),
    get("clearing.payouts", "/fund/payouts", BOOKS),
    get("clearing.payout", "/fund/payouts/{payout}", BOOKS),
    post("clearing.ask_processor", "/fund/payouts/ask", TREASURER),
    get("clearing.disputes", "/fund/disputes", BOOKS),
    get("clearing.going_back", "/fund/refunds", BOOKS),
    post("clearing.try_again", FAILED + "/try-again", TREASURER),
    get("clearing.hand_back", FAILED + "/hand-back", TREASURER),
    post("clearing.record_hand_back", FAILED + "/hand-back", TREASURER),
    get(
        "parent.refund_choice",
        "/parent/{called_off}/refund",
        EVERYBODY,
        unknown="/parent/unknown/refund",
    ),
    post(
        "parent.choose_refund",
        "/parent/{called_off}/refund",
        EVERYBODY,
        unknown="/parent/unknown/refund",
    ),
    get("demo_processor.back_office", "/demo-processor/office", TREASURER),
    post("demo_processor.act_in_office", "/demo-processor/office", TREASURER),
]

"""Card money: payouts, disputes, refunds, what needs explaining, and the demo's back office."""

from tests.trust.matrix.network import BOOKS
from tests.trust.matrix.rows import EVERYBODY, TREASURER, both, get, post

FAILED = "/fund/refunds/{failed_refund}"
ROWS = [
    get("clearing.to_explain", "/fund/to-explain", BOOKS),
    get("clearing.explanation", "/fund/to-explain/{explanation}", BOOKS),
    post("clearing.explain", "/fund/to-explain/{explanation}", TREASURER),
    # It is not explained yet, so its page leads back.
    *both("clearing.undo_note", "/fund/to-explain/{explanation}/undo", TREASURER, answer=303),
    get("clearing.payouts", "/fund/payouts", BOOKS),
    post("clearing.record_again", "/fund/payouts/{payout}/again", TREASURER),
    get("clearing.payout", "/fund/payouts/{payout}", BOOKS),
    post("clearing.ask_processor", "/fund/payouts/ask", TREASURER),
    get("clearing.disputes", "/fund/disputes", BOOKS),
    get("tracing.find", "/fund/find?q=6.00", BOOKS),
    get("tracing.payment", "/fund/payments/{card_payment}", BOOKS),
    get("tracing.slip", "/fund/slips/{pay_in}", BOOKS),
    get("clearing.going_back", "/fund/refunds", BOOKS),
    post("clearing.try_again", FAILED + "/try-again", TREASURER),
    get("clearing.hand_back", FAILED + "/hand-back", TREASURER),
    *both("clearing.undo_hand_back", FAILED + "/undo", TREASURER),
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

"""Card money: payouts, disputes, refunds, what is to be explained, and the demo bank's office."""

from tests.trust.matrix.network import BOOKS
from tests.trust.matrix.rows import EVERYBODY, TREASURER, get, post

FAILED = "/fund/refunds/{failed_refund}"
ROWS = [
    get("checkout.to_explain", "/fund/to-explain", BOOKS),
    get("checkout.explanation", "/fund/to-explain/{explanation}", BOOKS),
    post("checkout.explain", "/fund/to-explain/{explanation}", TREASURER),
    get("checkout.payouts", "/fund/payouts", BOOKS),
    get("checkout.payout", "/fund/payouts/{payout}", BOOKS),
    post("checkout.ask_bank", "/fund/payouts/ask", TREASURER),
    get("checkout.disputes", "/fund/disputes", BOOKS),
    get("checkout.going_back", "/fund/refunds", BOOKS),
    post("checkout.try_again", FAILED + "/try-again", TREASURER),
    get("checkout.hand_back", FAILED + "/hand-back", TREASURER),
    post("checkout.record_hand_back", FAILED + "/hand-back", TREASURER),
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
    get("demo_bank.back_office", "/demo-bank/office", TREASURER),
    post("demo_bank.act_in_office", "/demo-bank/office", TREASURER),
]

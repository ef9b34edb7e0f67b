"""What families and hosts are told about money, sentence by sentence: the law is in the words."""

from fractions import Fraction

import pytest

from booking.domain import charging, moves, payment_states
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind, FeePart, cautions, counts
from booking.domain.funds import Fund
from booking.domain.payment_states import FundingStatus, PaymentState, RefundState


def test_a_contribution_is_asked_for_in_the_words_of_the_law():
    asked = charging.wording(FeeKind.VOLUNTARY_CONTRIBUTION, 600)

    assert asked.heading == "A voluntary contribution"
    assert asked.buttons == ("Contribute £6.00", "Contribute another amount", "Not this time")
    assert asked.sentences == (
        "We would be grateful for a voluntary contribution of £6.00 towards this event.",
        "There is no obligation to contribute.",
        "Your child's place does not depend on it, and every pupil is treated the same whether or "
        "not their family contributes.",
        "If too few families contribute the event may have to be cancelled; all contributions "
        "would then be returned.",
        "If you would rather not contribute, or would like help, you need not give a reason.",
    )
    assert asked.text == " ".join(asked.sentences)


def test_a_charge_says_what_it_is_for_and_where_help_is():
    asked = charging.wording(FeeKind.CHARGE, 950)

    assert (asked.heading, asked.buttons) == (
        "The charge",
        ("Pay £9.50", "Ask the school for help"),
    )
    assert asked.sentences == (
        "This event is an optional extra, and the charge for it is £9.50 for each pupil.",
        "Your child's place is confirmed once the charge has been paid.",
        "Help is available: ask your child's school in confidence. Neither the host school nor "
        "other families will be told.",
    )


@pytest.mark.parametrize(
    ("kind", "heading", "text"),
    [
        (
            FeeKind.PAID_BY_SCHOOL,
            "The school is paying",
            "Your child's school is paying for this place. You do not need to pay anything.",
        ),
        (FeeKind.FREE, "Nothing to pay", "This event is free. You do not need to pay anything."),
    ],
)
def test_who_is_asked_nothing_is_told_so(kind, heading, text):
    said = charging.wording(kind, 600)

    assert (said.heading, said.text, said.buttons) == (heading, text, ())


def test_a_contribution_is_mentioned_once_more_without_pressure():
    assert charging.contribution_reminder(600) == (
        "You may still give a voluntary contribution of £6.00 towards this event, or another "
        "amount, if you would like to. There is no obligation, your child's place does not depend "
        "on it, and we will not write about it again."
    )


def test_money_of_a_cancelled_event_goes_back_and_may_be_given():
    said = charging.refund_or_gift(600, "on Friday 12 June")

    assert said.heading == "£6.00 will be returned to you"
    assert said.buttons == ("Send it back now", "Give £6.00 instead")
    assert said.sentences == (
        "The event was cancelled, so your £6.00 will be returned to you automatically on Friday "
        "12 June. You do not need to do anything.",
        "If you would rather, you can have it back now, or give it to the network's fund for "
        "teachers' training.",
        "There is no obligation to give, and every pupil is treated the same whether or not their "
        "family gives.",
    )


def test_a_host_is_warned_in_words_and_told_who_may_go_ahead():
    parts = [FeePart("speaker", 500, Fund.EVENTS), FeePart("training", 100, Fund.CPD)]
    warned = cautions.warnings(FeeKind.CHARGE, 600, parts, [4_000, 1_000], 10, Fraction(1, 2))

    assert [(warning.code.value, warning.remedy.value, warning.blocks) for warning in warned] == [
        ("charge_in_school_hours", "lead_reason", True),
        ("charge_above_cost", "reason", False),
        ("cpd_share_in_charge", "reason", False),
    ]
    assert [warning.words for warning in warned[1:]] == [
        "The charge is £6.00 and the cost per pupil is £5.00. A charge may not be more than the "
        "cost. Lower it, or record why it is right.",
        "£1.00 of the charge goes to the CPD fund, which is not a cost of this event. Take it "
        "out, ask for a voluntary contribution, or record why it is right.",
    ]


@pytest.mark.parametrize(
    ("costs", "heads", "codes"),
    [
        ([600], 1, []),
        ([599], 1, ["charge_above_cost"]),
        ([1], 1, ["charge_above_cost"]),
        ([0], 1, ["charge_not_costed"]),
        ([600], 0, ["charge_not_costed"]),
    ],
)
def test_a_charge_may_be_the_cost_and_no_more(costs, heads, codes):
    parts = [FeePart("speaker", 600, Fund.EVENTS)]
    warned = cautions.warnings(FeeKind.CHARGE, 600, parts, costs, heads, Fraction(49, 100))

    assert [warning.code.value for warning in warned] == codes
    assert all(warning.blocks for warning in warned if warning.code.value == "charge_not_costed")


@pytest.mark.parametrize(
    ("asked", "received", "remitted", "shown"),
    [
        (4, 4, 0, (None, None, None)),
        (5, 5, 0, (5, 5, 0)),
        (10, 5, 5, (10, 5, 5)),
        (10, 9, 1, (None, 9, None)),
        (10, 9, 0, (None, 9, None)),
        (10, 1, 9, (None, None, None)),
        (15, 5, 5, (15, 5, 5)),
        (14, 5, 5, (None, 5, None)),
        (10, 0, 10, (10, 0, 10)),
        (10, 10, 0, (10, 10, 0)),
    ],
)
def test_a_group_of_one_to_four_cannot_be_worked_out(asked, received, remitted, shown):
    made = counts.shown_counts(asked=asked, received=received, remitted=remitted)

    assert (made.asked, made.received, made.remitted) == shown


def test_families_are_counted_once():
    assert counts.shown_counts(asked=6, received=6, remitted=0).received == 6
    with pytest.raises(AssertionError, match=r"^nobody is counted twice$"):
        counts.shown_counts(asked=6, received=6, remitted=1)


def test_a_cost_needs_somebody_to_share_it():
    assert charging.cost_per_head([10], 1) == 10
    with pytest.raises(charging.NoHeads, match=r"^Enter how many pupils you plan for, at least 1"):
        charging.cost_per_head([10], 0)


@pytest.mark.parametrize(
    ("move", "state", "to", "words"),
    [
        (
            payment_states.move,
            PaymentState.TO_EXPLAIN,
            PaymentState.OPENED,
            "This payment is to explain, so it cannot be marked as opened.",
        ),
        (
            payment_states.move_refund,
            RefundState.FAILED,
            RefundState.FAILED,
            "This refund is already failed.",
        ),
        (
            payment_states.move_funding,
            FundingStatus.RECEIVED,
            FundingStatus.SCHOOL_PAID,
            "This booking's funding is received, so it cannot be marked as school paid.",
        ),
    ],
)
def test_a_move_that_is_not_allowed_is_refused_in_words(move, state, to, words):
    with pytest.raises(moves.MoveNotAllowed) as refused:
        move(state, to)

    assert (str(refused.value), refused.value.state, refused.value.to) == (words, state, to)


def test_a_move_that_is_allowed_gives_the_new_state():
    assert payment_states.move(PaymentState.OPENED, PaymentState.PAID) is PaymentState.PAID
    assert (
        payment_states.move_refund(RefundState.REQUESTED, RefundState.PENDING)
        is RefundState.PENDING
    )
    paid = payment_states.move_funding(FundingStatus.REQUESTED, FundingStatus.RECEIVED)
    assert paid is FundingStatus.RECEIVED
    assert isinstance(BookingState.INVITED, str)


@pytest.mark.parametrize(
    ("paid", "back", "state"),
    [
        (600, 0, PaymentState.PAID),
        (600, 1, PaymentState.PART_REFUNDED),
        (600, 600, PaymentState.REFUNDED),
    ],
)
def test_what_went_back_says_where_a_payment_stands(paid, back, state):
    assert payment_states.after_refunds(paid, back) is state
    with pytest.raises(AssertionError, match=r"^never refund more than was paid$"):
        payment_states.after_refunds(paid, paid + 1)

"""Each kind of entry in full: every line, word and reference, as the books will show it."""

import pytest

from booking.domain import ledger
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.ledger import (
    Draft,
    DraftLine,
    EntryKind,
    accounts,
    closing,
    processor,
    receipts,
    spending,
)
from booking.domain.ledger import decisions as ledger_decisions
from booking.domain.permissions import Actor, Grant, Role

EVENTS, ADMIN, CPD = Fund.EVENTS, Fund.ADMIN, Fund.CPD
CLEARING, BANK, CASH = accounts.CARD_CLEARING, accounts.BANK, accounts.CASH
PARTS = (FeePart("speaker", 340, EVENTS), FeePart("CPD fund", 60, CPD))
ABOUT = {"event": "puzzle-day", "school": "tindlebrook"}
#: What was posted for a payment of £4.00 with these parts.
PAID = (
    DraftLine(CLEARING, EVENTS, 340),
    DraftLine(CLEARING, CPD, 60),
    DraftLine(accounts.CONTRIBUTIONS, EVENTS, -340, "speaker"),
    DraftLine(accounts.CONTRIBUTIONS, CPD, -60, "CPD fund"),
)
GIVEN_BACK = (
    DraftLine(accounts.CONTRIBUTIONS, EVENTS, 170, "speaker"),
    DraftLine(accounts.CONTRIBUTIONS, CPD, 30, "CPD fund"),
)


def asked(make, **facts):
    return make(key="k", amount_pence=400, parts=PARTS, **facts)


def test_a_payment_is_divided_by_the_breakdown():
    made = asked(receipts.payment, fee_kind=FeeKind.VOLUNTARY_CONTRIBUTION, **ABOUT)

    assert made == Draft("k", EntryKind.PAYMENT, "Payment", PAID, "puzzle-day", "tindlebrook")


@pytest.mark.parametrize(
    ("kind", "income"),
    [
        (FeeKind.VOLUNTARY_CONTRIBUTION, accounts.CONTRIBUTIONS),
        (FeeKind.CHARGE, accounts.CHARGES),
        (FeeKind.PAID_BY_SCHOOL, accounts.SCHOOL_PAYMENTS),
    ],
)
def test_a_payment_is_income_of_its_kind_where_the_money_is(kind, income):
    made = asked(receipts.payment, fee_kind=kind, account=CASH)

    assert [line.account for line in made.lines] == [CASH, CASH, income, income]
    assert (made.event, made.school) == (None, None)


@pytest.mark.parametrize("make", [receipts.payment, processor.attached])
def test_a_free_event_takes_no_payment(make):
    with pytest.raises(receipts.NoFeeAsked, match=r"^This event is free[.,] \w[^X]*[.]$"):
        asked(make, fee_kind=FeeKind.FREE)


def test_a_card_fee_is_borne_by_administration():
    assert receipts.card_fee(key="k", pence=35, event="puzzle-day") == Draft(
        "k",
        EntryKind.CARD_FEE,
        "Card fee",
        (DraftLine(accounts.CARD_FEES, ADMIN, 35), DraftLine(CLEARING, ADMIN, -35)),
        "puzzle-day",
    )
    assert receipts.card_fee(key="k", pence=35, fund=EVENTS).lines[0].fund is EVENTS


@pytest.mark.parametrize(
    ("kind", "words"), [(EntryKind.REFUND, "Refund"), (EntryKind.DISPUTE, "Disputed payment")]
)
def test_half_of_a_payment_goes_back_from_each_part(kind, words):
    made = receipts.refund(key="k", amount_pence=200, posted=PAID, kind=kind, **ABOUT)

    lines = (*GIVEN_BACK, DraftLine(CLEARING, EVENTS, -170), DraftLine(CLEARING, CPD, -30))
    assert made == Draft("k", kind, words, lines, "puzzle-day", "tindlebrook")


def test_a_refund_in_cash_leaves_the_cash_box_and_says_so():
    made = receipts.refund(key="k", amount_pence=200, posted=PAID, account=CASH)

    assert made.kind is EntryKind.REFUND
    assert [line.account for line in made.lines[2:]] == [CASH, CASH]


@pytest.mark.parametrize("make", [receipts.refund, processor.given_instead])
def test_no_more_than_is_left_goes_back(make):
    with pytest.raises(ledger.MoreThanThere, match=r"^Only £4\.00 of this payment .*[.]$"):
        make(key="k", amount_pence=401, posted=PAID)
    with pytest.raises(ledger.NotAboveZero, match=r"^Enter an amount above zero\.$"):
        make(key="k", amount_pence=0, posted=PAID)
    assert make(key="k", amount_pence=400, posted=PAID)


def test_a_school_owes_its_invoice_and_pays_it():
    debtor = "assets:due-from-school:tindlebrook"
    billed = asked(receipts.school_invoice, **ABOUT)
    paid = receipts.school_invoice_paid(
        key="k", amount_pence=200, due={EVENTS: 340, CPD: 60}, **ABOUT
    )

    assert billed == Draft(
        "k",
        EntryKind.SCHOOL_INVOICE,
        "Invoice to a school",
        (
            DraftLine(debtor, EVENTS, 340),
            DraftLine(debtor, CPD, 60),
            DraftLine(accounts.SCHOOL_PAYMENTS, EVENTS, -340, "speaker"),
            DraftLine(accounts.SCHOOL_PAYMENTS, CPD, -60, "CPD fund"),
        ),
        "puzzle-day",
        "tindlebrook",
    )
    assert paid == Draft(
        "k",
        EntryKind.SCHOOL_INVOICE_PAID,
        "Invoice paid by a school",
        (
            DraftLine(BANK, EVENTS, 170),
            DraftLine(debtor, EVENTS, -170),
            DraftLine(BANK, CPD, 30),
            DraftLine(debtor, CPD, -30),
        ),
        "puzzle-day",
        "tindlebrook",
    )


def test_cash_is_taken_to_the_bank_from_what_there_is():
    assert receipts.cash_banked(key="k", amount_pence=1, cash={EVENTS: 1}) == Draft(
        "k",
        EntryKind.CASH_BANKED,
        "Cash taken to the bank",
        (DraftLine(BANK, EVENTS, 1), DraftLine(CASH, EVENTS, -1)),
    )
    with pytest.raises(ledger.MoreThanThere, match=r"^There is only £4\.00\. Check the amount\.$"):
        receipts.cash_banked(key="k", amount_pence=401, cash={EVENTS: 400, CPD: -5})


@pytest.mark.parametrize(
    ("paid", "clearing", "moved"),
    [
        (400, {EVENTS: 340, CPD: 60}, {EVENTS: 340, CPD: 60}),
        (200, {EVENTS: 340, CPD: 60}, {EVENTS: 170, CPD: 30}),
        (1, {EVENTS: 340, CPD: 60}, {EVENTS: 1}),
        # Below zero stays where it is while only a part is paid out.
        (305, {EVENTS: 340, ADMIN: -35}, {EVENTS: 340, ADMIN: -35}),
        (300, {EVENTS: 340, ADMIN: -35}, {EVENTS: 300}),
        (450, {EVENTS: 340, CPD: 60}, {EVENTS: 340, CPD: 60, ADMIN: 50}),
        (-10, {EVENTS: 340}, {EVENTS: 340, ADMIN: -350}),
    ],
)
def test_a_payout_moves_each_funds_own_money(paid, clearing, moved):
    made = receipts.payout(key="k", amount_pence=paid, clearing=clearing)

    assert (made.kind, made.description) == (EntryKind.PAYOUT, "Payout of card payments")
    assert ledger.balances(made.lines) == {
        (account, fund): sign * pence
        for fund, pence in moved.items()
        for account, sign in ((BANK, 1), (CLEARING, -1))
    }


def test_a_payout_with_known_rows_leaves_the_difference_to_administration():
    made = processor.paid_out(key="k", amount_pence=390, rows={EVENTS: 340, CPD: 60})

    assert (made.kind, made.description) == (EntryKind.PAYOUT, "Payout of card payments")
    assert ledger.balances(made.lines) == {
        (BANK, EVENTS): 340,
        (CLEARING, EVENTS): -340,
        (BANK, CPD): 60,
        (CLEARING, CPD): -60,
        (BANK, ADMIN): -10,
        (CLEARING, ADMIN): 10,
    }


def test_grants_and_opening_balances_say_what_they_are():
    gift = receipts.grant(key="k", pence=1, description="Rotary Club")
    opened = receipts.opening_balance(key="k", amounts={CPD: 500}, account=CASH)

    assert gift == Draft(
        "k",
        EntryKind.GRANT,
        "Rotary Club",
        (DraftLine(BANK, CPD, 1), DraftLine(accounts.GRANTS, CPD, -1)),
    )
    assert opened == Draft(
        "k",
        EntryKind.OPENING_BALANCE,
        "Opening balance",
        (DraftLine(CASH, CPD, 500), DraftLine(accounts.OPENING, CPD, -500)),
    )
    assert receipts.opening_balance(key="k", amounts={CPD: 5}).lines[0].account == BANK


@pytest.mark.parametrize(
    ("made", "kind", "expense", "fund", "event", "school"),
    [
        (
            spending.event_cost(key="k", pence=9, description="Hall", event="puzzle-day"),
            EntryKind.EVENT_COST,
            accounts.EVENT_COSTS,
            EVENTS,
            "puzzle-day",
            None,
        ),
        (
            spending.admin_cost(key="k", pence=9, description="Hall"),
            EntryKind.ADMIN_COST,
            accounts.ADMIN_COSTS,
            ADMIN,
            None,
            None,
        ),
        (
            spending.speaker(key="k", pence=9, description="Hall", event="puzzle-day"),
            EntryKind.SPEAKER,
            accounts.SPEAKERS,
            CPD,
            "puzzle-day",
            None,
        ),
        (
            spending.subsidy(key="k", pence=9, description="Hall", school="tindlebrook"),
            EntryKind.SUBSIDY,
            accounts.COURSE_SUBSIDIES,
            CPD,
            None,
            "tindlebrook",
        ),
    ],
)
def test_money_is_spent_from_the_bank_by_its_fund(made, kind, expense, fund, event, school):
    lines = (DraftLine(expense, fund, 9), DraftLine(BANK, fund, -9))

    assert made == Draft("k", kind, "Hall", lines, event, school)


@pytest.mark.parametrize(
    ("pence", "kind", "words"),
    [
        (35, EntryKind.CARD_FEE, "Fee of the card processor"),
        (-35, EntryKind.CARD_FEE, "Fee of the card processor"),
        (1500, EntryKind.DISPUTE, "Fee of a disputed payment"),
    ],
)
def test_the_processors_fee_is_administrations(pence, kind, words):
    lines = (DraftLine(accounts.CARD_FEES, ADMIN, pence), DraftLine(CLEARING, ADMIN, -pence))

    assert processor.processor_fee(key="k", pence=pence, kind=kind) == Draft(
        "k", kind, words, lines
    )
    assert processor.processor_fee(key="k", pence=1).kind is EntryKind.CARD_FEE
    with pytest.raises(ledger.ZeroLine, match=r"^There is no amount to record\.$"):
        processor.processor_fee(key="k", pence=0)


def test_money_nobody_can_explain_is_parked_and_then_noted():
    parked = processor.parked(key="k", pence=30)
    came = processor.noted(key="k", pence=30, reason=" A gift ")
    went = processor.noted(key="k", pence=-30, reason="A fee")

    assert parked == Draft(
        "k",
        EntryKind.PARKED,
        "Money to explain",
        (DraftLine(accounts.TO_EXPLAIN, ADMIN, -30), DraftLine(CLEARING, ADMIN, 30)),
    )
    assert came == Draft(
        "k",
        EntryKind.EXPLAINED,
        "Money explained",
        (DraftLine(accounts.TO_EXPLAIN, ADMIN, 30), DraftLine(accounts.GRANTS, ADMIN, -30)),
        reason="A gift",
    )
    assert went.lines == (
        DraftLine(accounts.TO_EXPLAIN, ADMIN, -30),
        DraftLine(accounts.ADMIN_COSTS, ADMIN, 30),
    )
    with pytest.raises(ledger.EntryReasonMissing, match=r"^Say what this money is, .*[.]$"):
        processor.noted(key="k", pence=30, reason=" ")


def test_parked_money_becomes_a_payment_where_it_is_now():
    made = asked(processor.attached, fee_kind=FeeKind.CHARGE, **ABOUT)

    assert (made.key, made.kind, made.description) == ("k", EntryKind.PAYMENT, "Payment, explained")
    assert (made.event, made.school) == ("puzzle-day", "tindlebrook")
    assert made.lines == (
        DraftLine(accounts.TO_EXPLAIN, ADMIN, 400),
        DraftLine(CLEARING, ADMIN, -400),
        DraftLine(CLEARING, EVENTS, 340),
        DraftLine(CLEARING, CPD, 60),
        DraftLine(accounts.CHARGES, EVENTS, -340, "speaker"),
        DraftLine(accounts.CHARGES, CPD, -60, "CPD fund"),
    )


def test_money_given_instead_of_a_refund_becomes_a_gift():
    made = processor.given_instead(key="k", amount_pence=200, posted=PAID, **ABOUT)

    assert made == Draft(
        "k",
        EntryKind.GRANT,
        "Given instead of a refund",
        (
            *GIVEN_BACK,
            DraftLine(CLEARING, EVENTS, -170),
            DraftLine(CLEARING, CPD, 170),
            DraftLine(accounts.GRANTS, CPD, -200, "given instead of a refund"),
        ),
        "puzzle-day",
        "tindlebrook",
    )


@pytest.mark.parametrize(
    ("surplus", "words", "other", "reason"),
    [
        (500, "Surplus of an event", CPD, ""),
        (1, "Surplus of an event", CPD, ""),
        (-500, "Deficit of an event", ADMIN, " The lead agreed "),
    ],
)
def test_closing_an_event_sweeps_what_is_left(surplus, words, other, reason):
    made = closing.close_event(key="k", event="puzzle-day", surplus_pence=surplus, reason=reason)

    lines = (
        DraftLine(BANK, EVENTS, -surplus),
        DraftLine(accounts.TRANSFERS, EVENTS, surplus),
        DraftLine(BANK, other, surplus),
        DraftLine(accounts.TRANSFERS, other, -surplus),
    )
    assert made == Draft(
        "k", EntryKind.EVENT_CLOSED, words, lines, "puzzle-day", reason=reason.strip()
    )


def test_closing_an_event_needs_a_reason_for_a_deficit_and_money_to_move():
    with pytest.raises(
        ledger.EntryReasonMissing, match=r"^Give the lead's reason for meeting .*[.]$"
    ):
        closing.close_event(key="k", event="e", surplus_pence=-1, reason=" ")
    with pytest.raises(ledger.EmptyEntry, match=r"^Give the entry at least two lines\.$"):
        closing.close_event(key="k", event="e", surplus_pence=0)


def test_a_transfer_moves_money_where_it_lies():
    made = closing.transfer(
        key="k", pence=1, source=CPD, target=EVENTS, reason=" Agreed ", account=CASH
    )

    lines = (
        DraftLine(CASH, CPD, -1),
        DraftLine(accounts.TRANSFERS, CPD, 1),
        DraftLine(CASH, EVENTS, 1),
        DraftLine(accounts.TRANSFERS, EVENTS, -1),
    )
    assert made == Draft("k", EntryKind.TRANSFER, "Transfer between funds", lines, reason="Agreed")
    usual = closing.transfer(key="k", pence=1, source=CPD, target=EVENTS, reason="Agreed")
    assert usual.lines[0].account == BANK


def test_a_transfer_that_moves_nothing_is_refused_in_words():
    facts = {"key": "k", "pence": 5, "source": CPD, "target": EVENTS, "reason": "Agreed"}
    for change, error, words in (
        ({"pence": 0}, ledger.NotAboveZero, "^Enter an amount above zero[.]$"),
        ({"target": CPD}, closing.SameFund, "^Choose two different funds[.]$"),
        (
            {"reason": " "},
            ledger.EntryReasonMissing,
            "^Say why the money moves, and who decided it[.]$",
        ),
    ):
        with pytest.raises(error, match=words):
            closing.transfer(**{**facts, **change})


def test_a_reversal_is_the_mirror_image_with_its_reason():
    entry = Draft("k", EntryKind.PAYMENT, "Payment", PAID, "puzzle-day", "tindlebrook")
    made = closing.reversal(entry, reason=" Twice ")

    assert made == Draft(
        "reversal:k",
        EntryKind.REVERSAL,
        "Reversal: Payment",
        tuple(DraftLine(line.account, line.fund, -line.pence, line.memo) for line in PAID),
        "puzzle-day",
        "tindlebrook",
        reason="Twice",
        reverses="k",
    )
    with pytest.raises(ledger.ReversalOfReversal, match=r"^A reversal cannot be undone\. .*[.]$"):
        closing.reversal(made, reason="Again")
    with pytest.raises(ledger.EntryReasonMissing, match=r"^Say why this entry is reversed\.$"):
        closing.reversal(entry, reason=" ")


def test_the_second_person_is_told_why_not():
    def person(id_, *roles):
        return Actor("person", id_, tuple(Grant(role, None) for role in roles))

    reversal, deficit = ledger_decisions.Subject.REVERSAL, ledger_decisions.Subject.DEFICIT
    treasurer, lead = person(1, Role.TREASURER), person(2, Role.LEAD)
    with pytest.raises(ledger_decisions.OwnRequest, match=r"^You asked for this yourself, .*[.]$"):
        ledger_decisions.check_decider(reversal, treasurer, asked_by_id=1)
    with pytest.raises(ledger_decisions.NotTheDecider, match=r"^The network lead decides .*[.]$"):
        ledger_decisions.check_decider(deficit, treasurer, asked_by_id=2)
    ledger_decisions.check_decider(reversal, lead, asked_by_id=1)
    ledger_decisions.check_decider(deficit, lead, asked_by_id=1)


def test_an_entry_that_does_not_balance_is_refused_in_words():
    good, off = DraftLine(BANK, CPD, 5), DraftLine(CASH, CPD, -4)
    for key, lines, error, words in (
        (" ", (good, off), ledger.NoKey, "^Give the entry a key, .*[.]$"),
        ("k", (), ledger.EmptyEntry, "^Give the entry at least two lines[.]$"),
        (
            "k",
            (DraftLine(BANK, CPD, 0),),
            ledger.ZeroLine,
            "^The line for assets:bank has no amount[.] Leave it out[.]$",
        ),
        ("k", (good, off), ledger.Unbalanced, "^The debits .* differ by 1 pence[.] Correct .*[.]$"),
        (
            "k",
            (good, DraftLine(CASH, EVENTS, -5)),
            ledger.UnbalancedFund,
            "^Within the fund “cpd”, .* differ by 5 pence[.] Move .*[.]$",
        ),
    ):
        with pytest.raises(error, match=words):
            ledger.check(Draft(key, EntryKind.GRANT, "Gift", lines))


def test_accounts_have_the_names_that_people_know():
    assert accounts.title(BANK) == "Bank"
    assert accounts.title("assets:due-from-school:st-mary-s") == "Due from St Mary S"
    assert accounts.account("assets:due-from-school:tindlebrook")
    for name in ("assets:due-from-school:", "assets:due-from-school:A b", "tindlebrook", "x" * 80):
        with pytest.raises(
            accounts.UnknownAccount,
            match=rf"^The ledger has no account “{name[:60]}”\. Choose one that it has\.$",
        ):
            accounts.account(name)


@pytest.mark.parametrize(
    ("lines", "size"),
    [
        ((), 0),
        ((DraftLine(BANK, CPD, 5), DraftLine(CASH, CPD, -5)), 5),
        # Two lines of one account count together.
        ((DraftLine(BANK, CPD, 5), DraftLine(BANK, EVENTS, 3), DraftLine(CASH, CPD, -8)), 8),
        # From fund to fund no account gains: the most that moved within one.
        ((DraftLine(BANK, CPD, 7), DraftLine(BANK, EVENTS, -7)), 7),
    ],
)
def test_the_size_of_an_entry_is_what_people_would_say(lines, size):
    assert ledger.amount(lines) == size

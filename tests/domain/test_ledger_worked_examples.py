"""The books of one school year, worked through like examples in a bookkeeping textbook.

Each account is drawn as a T: debits on the left, credits on the right, then what is left. Debits of
assets and expenses are what came; credits of income and equity are where it came from.
"""

from dataclasses import dataclass, field

import pytest

from booking.domain import ledger, money
from booking.domain.charging import FeeKind, FeePart
from booking.domain.ledger import Draft, DraftLine, EntryKind, Fund, accounts
from tests.domain.sums import account_by_fund

BANK, CLEARING, CASH = accounts.BANK, accounts.CARD_CLEARING, accounts.CASH
MILL_LANE = "assets:due-from-school:mill-lane"
#: What the parent reads: "£6.00 = £3.40 speaker + £1.10 materials + £0.90 administration + …".
BREAKDOWN = (
    FeePart("speaker", 340, Fund.EVENTS),
    FeePart("materials", 110, Fund.EVENTS),
    FeePart("administration", 90, Fund.ADMIN),
    FeePart("CPD fund", 60, Fund.CPD),
)


@dataclass(frozen=True)
class T:
    """An account drawn as a T: each side by what the entries are called, in pounds."""

    debit: dict[str, str] = field(default_factory=dict)
    credit: dict[str, str] = field(default_factory=dict)
    left: str = "£0.00"


class Books:
    """Entries one after another, and the accounts they make."""

    def __init__(self) -> None:
        self.entries: list[Draft] = []

    def enter(self, draft: Draft) -> Draft:
        """Enter what the ledger's own check accepts."""
        self.entries.append(ledger.check(draft))
        return draft

    @property
    def lines(self) -> list[DraftLine]:
        """Every line so far."""
        return [line for entry in self.entries for line in entry.lines]

    @property
    def totals(self) -> dict[tuple[str, Fund], int]:
        """What every account holds in each fund."""
        return ledger.balances(self.lines)

    def t(self, account: str, fund: Fund | None = None) -> T:
        """Draw one account, of all funds or of one."""
        sides: tuple[dict[str, int], dict[str, int]] = ({}, {})
        for entry in self.entries:
            for line in entry.lines:
                if line.account == account and fund in {None, line.fund}:
                    side = sides[line.pence < 0]
                    side[entry.description] = side.get(entry.description, 0) + abs(line.pence)
        left = sum(sides[0].values()) - sum(sides[1].values())
        pounds = [{name: money.pounds(p) for name, p in side.items()} for side in sides]
        return T(pounds[0], pounds[1], money.pounds(left))

    def funds(self) -> dict[Fund, str]:
        """What each fund is worth."""
        return {
            fund: money.pounds(ledger.fund_balance(self.totals, fund))
            for fund in Fund
            if ledger.fund_balance(self.totals, fund)
        }


@pytest.fixture
def books() -> Books:
    return Books()


def family_pays(books, pence=600, number=1, account=CLEARING, parts=BREAKDOWN):
    return books.enter(
        ledger.payment(
            key=f"payment:{number}",
            amount_pence=pence,
            parts=parts,
            account=account,
            fee_kind=FeeKind.VOLUNTARY_CONTRIBUTION,
            event="puzzle-day",
        )
    )


def test_the_books_are_opened_with_what_the_processor_held(books):
    amounts = {Fund.EVENTS: 18_000, Fund.ADMIN: 9_500, Fund.CPD: 31_250}
    books.enter(ledger.opening_balance(key="opening:bank", amounts=amounts))

    assert books.t(BANK) == T(debit={"Opening balance": "£587.50"}, left="£587.50")
    assert books.t(accounts.OPENING) == T(credit={"Opening balance": "£587.50"}, left="-£587.50")
    assert books.funds() == {Fund.EVENTS: "£180.00", Fund.ADMIN: "£95.00", Fund.CPD: "£312.50"}


def test_a_family_pays_six_pounds_by_card(books):
    family_pays(books)

    assert books.t(CLEARING) == T(debit={"Payment": "£6.00"}, left="£6.00")
    assert books.t(accounts.CONTRIBUTIONS) == T(credit={"Payment": "£6.00"}, left="-£6.00")
    assert books.funds() == {Fund.EVENTS: "£4.50", Fund.ADMIN: "£0.90", Fund.CPD: "£0.60"}


def test_another_amount_is_divided_alike_and_no_penny_is_lost(books):
    # £1.00 of £6.00: 56.67p speaker, 18.33p materials, 15p administration, 10p CPD fund.
    # The whole pence add up to 99; the odd penny goes to the largest remainder, the speaker's.
    entry = family_pays(books, pence=100)

    assert {line.memo: -line.pence for line in entry.lines if line.memo} == {
        "speaker": 57,
        "materials": 18,
        "administration": 15,
        "CPD fund": 10,
    }
    assert books.t(CLEARING).left == "£1.00"


def test_the_card_processor_keeps_its_fee_and_administration_bears_it(books):
    family_pays(books)
    books.enter(ledger.card_fee(key="fee:1", pence=29, event="puzzle-day"))

    assert books.t(CLEARING) == T({"Payment": "£6.00"}, {"Card fee": "£0.29"}, "£5.71")
    assert books.t(accounts.CARD_FEES, Fund.ADMIN).left == "£0.29"
    assert books.funds() == {Fund.EVENTS: "£4.50", Fund.ADMIN: "£0.61", Fund.CPD: "£0.60"}


def test_half_of_a_payment_goes_back_out_of_the_parts_it_came_to(books):
    paid = family_pays(books)
    books.enter(ledger.refund(key="refund:1", amount_pence=300, posted=paid.lines))

    assert books.t(accounts.CONTRIBUTIONS) == T({"Refund": "£3.00"}, {"Payment": "£6.00"}, "-£3.00")
    assert books.funds() == {Fund.EVENTS: "£2.25", Fund.ADMIN: "£0.45", Fund.CPD: "£0.30"}


def test_two_refunds_of_odd_amounts_empty_every_part_to_the_penny(books):
    family_pays(books, pence=101)
    for number, pence in enumerate((33, 68)):
        books.enter(ledger.refund(key=f"refund:{number}", amount_pence=pence, posted=books.lines))

    assert books.t(CLEARING).left == "£0.00"
    assert books.funds() == {}


def test_a_refund_that_the_processor_sends_back_is_undone(books):
    paid = family_pays(books)
    sent = books.enter(ledger.refund(key="refund:1", amount_pence=600, posted=paid.lines))
    books.enter(ledger.reversal(sent, reason="The card processor could not pay the refund out."))

    assert books.t(CLEARING) == T(
        {"Payment": "£6.00", "Reversal: Refund": "£6.00"}, {"Refund": "£6.00"}, "£6.00"
    )
    assert ledger.shapes.income_left(books.lines) == ledger.shapes.income_left(paid.lines)


def test_a_disputed_payment_leaves_the_parts_it_came_to(books):
    paid = family_pays(books)
    books.enter(
        ledger.refund(key="d:1", amount_pence=600, posted=paid.lines, kind=EntryKind.DISPUTE)
    )

    assert books.t(CLEARING) == T({"Payment": "£6.00"}, {"Disputed payment": "£6.00"})
    assert books.funds() == {}


def test_a_payout_moves_what_the_processor_holds_to_the_processor(books):
    family_pays(books)
    books.enter(ledger.card_fee(key="fee:1", pence=29))
    clearing = account_by_fund(books.lines, CLEARING)
    books.enter(ledger.payout(key="payout:1", amount_pence=571, clearing=clearing))

    paid_out = "Payout of card payments"
    assert books.t(BANK) == T({paid_out: "£5.71"}, left="£5.71")
    assert books.t(CLEARING).left == "£0.00"
    assert books.t(BANK, Fund.ADMIN).left == "£0.61"


def test_cash_that_families_bring_is_taken_to_the_processor_fund_by_fund(books):
    family_pays(books, account=CASH)
    cash = account_by_fund(books.lines, CASH)
    books.enter(ledger.cash_banked(key="cash:1", amount_pence=600, cash=cash))

    assert books.t(CASH) == T({"Payment": "£6.00"}, {"Cash taken to the bank": "£6.00"})
    assert books.t(BANK, Fund.CPD).left == "£0.60"


def test_a_school_is_billed_and_pays_in_two_parts(books):
    books.enter(
        ledger.school_invoice(
            key="invoice:1", amount_pence=4_200, parts=BREAKDOWN, school="mill-lane"
        )
    )
    assert books.funds() == {Fund.EVENTS: "£31.50", Fund.ADMIN: "£6.30", Fund.CPD: "£4.20"}
    # What a school owes is the fund's, but nobody can spend it yet.
    assert ledger.fund_money(books.totals, Fund.CPD) == 0

    for number, pence in enumerate((1_000, 3_200)):
        due = account_by_fund(books.lines, MILL_LANE)
        books.enter(
            ledger.school_invoice_paid(
                key=f"paid:{number}", amount_pence=pence, due=due, school="mill-lane"
            )
        )

    assert books.t(MILL_LANE) == T(
        {"Invoice to a school": "£42.00"}, {"Invoice paid by a school": "£42.00"}
    )
    assert ledger.fund_money(books.totals, Fund.CPD) == 420


def test_the_network_spends_each_from_its_fund(books):
    books.enter(ledger.grant(key="grant:1", pence=40_000, description="Rotary Club"))
    books.enter(
        ledger.event_cost(key="c:1", pence=1_250, description="Puzzle boxes", event="puzzle-day")
    )
    books.enter(ledger.speaker(key="s:1", pence=22_000, description="Speaker on oracy"))
    books.enter(
        ledger.subsidy(key="s:2", pence=9_000, description="Mastery course", school="mill-lane")
    )
    books.enter(ledger.admin_cost(key="a:1", pence=240, description="Postage"))

    assert books.t(BANK) == T(
        {"Rotary Club": "£400.00"},
        {
            "Puzzle boxes": "£12.50",
            "Speaker on oracy": "£220.00",
            "Mastery course": "£90.00",
            "Postage": "£2.40",
        },
        "£75.10",
    )
    assert books.funds() == {Fund.EVENTS: "-£12.50", Fund.ADMIN: "-£2.40", Fund.CPD: "£90.00"}


def test_what_an_event_has_over_goes_to_the_cpd_fund(books):
    for number in range(10):
        family_pays(books, number=number)
    books.enter(
        ledger.event_cost(key="c:1", pence=3_000, description="Speaker", event="puzzle-day")
    )
    surplus = ledger.event_surplus(books.lines)
    books.enter(ledger.close_event(key="close:1", event="puzzle-day", surplus_pence=surplus))

    # Ten times £4.50 came in for the day and £30.00 went out, so £15.00 is left.
    assert books.t(accounts.TRANSFERS, Fund.EVENTS) == T(
        {"Surplus of an event": "£15.00"}, left="£15.00"
    )
    assert books.t(accounts.TRANSFERS, Fund.CPD) == T(
        credit={"Surplus of an event": "£15.00"}, left="-£15.00"
    )
    assert books.funds() == {Fund.ADMIN: "£9.00", Fund.CPD: "£21.00"}
    assert ledger.event_surplus(books.lines) == 0


def test_what_an_event_lacks_is_met_from_administration_as_the_lead_decides(books):
    family_pays(books)
    books.enter(ledger.event_cost(key="c:1", pence=700, description="Coach", event="puzzle-day"))
    lacks = ledger.event_surplus(books.lines)
    close = {"key": "close:1", "event": "puzzle-day", "surplus_pence": lacks}

    with pytest.raises(ledger.EntryReasonMissing):
        ledger.close_event(**close)
    books.enter(ledger.close_event(**close, reason="The coach broke down"))

    assert lacks == 450 - 700
    assert books.funds() == {Fund.ADMIN: "-£1.60", Fund.CPD: "£0.60"}


def test_money_moves_from_fund_to_fund_only_through_transfers(books):
    bursary = Fund("bursary")
    books.enter(ledger.grant(key="g:1", pence=5_000, description="Gift", fund=Fund.ADMIN))
    books.enter(
        ledger.transfer(
            key="t:1", pence=2_000, source=Fund.ADMIN, target=bursary, reason="Meeting of 3 May"
        )
    )

    assert books.t(BANK).left == "£50.00"
    assert books.t(BANK, bursary).left == "£20.00"
    assert books.t(accounts.TRANSFERS).left == "£0.00"
    assert ledger.fund_balance(books.totals, bursary) == 2_000


def test_a_mistake_is_undone_by_its_mirror_image(books):
    wrong = books.enter(ledger.grant(key="g:1", pence=50_000, description="Grant"))
    books.enter(ledger.reversal(wrong, reason="It was £5.00"))
    books.enter(ledger.grant(key="g:2", pence=500, description="Grant, as it was"))

    assert books.t(BANK) == T(
        {"Grant": "£500.00", "Grant, as it was": "£5.00"}, {"Reversal: Grant": "£500.00"}, "£5.00"
    )


def test_the_year_ends_and_what_each_fund_holds_is_carried_forward(books):
    books.enter(ledger.opening_balance(key="o", amounts={Fund.ADMIN: 9_500, Fund.CPD: 31_250}))
    last_year = dict(books.totals)
    books.entries.clear()

    for number in range(10):
        family_pays(books, number=number)
    books.enter(ledger.event_cost(key="c", pence=3_000, description="Speaker", event="puzzle-day"))
    surplus = ledger.event_surplus(books.lines)
    books.enter(ledger.close_event(key="close", event="puzzle-day", surplus_pence=surplus))
    books.enter(ledger.speaker(key="s", pence=20_000, description="Speaker on oracy"))

    years = ledger.fund_years(last_year, books.totals)
    assert years[Fund.EVENTS] == ledger.FundYear(0, 4_500, 3_000, -1_500, 0)
    assert years[Fund.ADMIN] == ledger.FundYear(9_500, 900, 0, 0, 10_400)
    assert years[Fund.CPD] == ledger.FundYear(31_250, 600, 20_000, 1_500, 13_350)
    # Next year begins with what this year ended with, without any posting.
    whole = {
        place: last_year.get(place, 0) + books.totals.get(place, 0)
        for place in {*last_year, *books.totals}
    }
    after = ledger.fund_years(whole, {})
    assert {fund: of.brought_forward_pence for fund, of in after.items()} == {
        fund: of.carried_forward_pence for fund, of in years.items()
    }

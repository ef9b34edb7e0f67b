"""The treasurer records what was spent, given, banked and paid out, each with its own form."""

import pytest
from sqlalchemy import select

from booking.domain.ledger import Fund, accounts
from booking.money.fund import queries
from booking.money.fund.models import Entry
from tests.builders import events, schools
from tests.builders.fund import make_grant, make_payment

TODAY = "2027-03-01"


@pytest.fixture
def network(client, db_session):
    found = schools.make_network(schools=2, terms=False)
    schools.sign_in(client, "treasurer@fairplace.example")
    return found


@pytest.fixture
def puzzle_day(network, db_session):
    return events.make_event(host=next(iter(network.values())), low_year=1, fee_pence=600)


def record(client, kind, **filled):
    filled = {"form_key": "form-1", "entered_on": TODAY, "account": accounts.BANK, **filled}
    return client.post(f"/fund/entries/new/{kind}", data=filled)


def lines_of(db_session):
    entry = db_session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    return [(line.account, line.fund, line.pence) for line in entry.lines]


def nothing_written(db_session):
    return db_session.scalars(select(Entry).where(Entry.key.startswith("hand:"))).all() == []


def test_cost_of_an_event_is_recorded(client, puzzle_day, db_session):
    filled = {"pence": "90.50", "description": "Puzzle boxes", "fund": "events"}

    done = record(client, "event-cost", event=puzzle_day.slug, **filled)

    assert (done.status_code, done.location) == (303, "/fund/entries/hand:event_cost:form-1")
    assert lines_of(db_session) == [
        ("expenses:event-costs", Fund.EVENTS, 9_050),
        ("assets:bank", Fund.EVENTS, -9_050),
    ]
    entry = queries.by_key("hand:event_cost:form-1")
    assert (entry.event_id, entry.made_by.name) == (puzzle_day.id, "Desmond Achterberg")


def test_speaker_is_paid_by_the_cpd_fund(client, network, db_session):
    make_grant(pence=40_000)

    done = record(client, "speaker", pence="95", description="Oracy, 3 March", fund="cpd")

    assert done.status_code == 303
    assert queries.fund_balance(Fund.CPD) == 30_500


def test_subsidy_names_its_school_and_no_teacher(client, network, db_session):
    make_grant(pence=40_000)
    slug = next(iter(network))

    done = record(client, "subsidy", pence="90", description="Able mathematicians", school=slug)

    assert done.status_code == 303
    assert queries.by_key("hand:subsidy:form-1").school == slug


def test_administration_cost_is_recorded(client, network, db_session):
    record(client, "admin-cost", pence="12.40", description="Postage")

    assert lines_of(db_session) == [
        ("expenses:admin", Fund.ADMIN, 1_240),
        ("assets:bank", Fund.ADMIN, -1_240),
    ]


def test_grant_goes_to_the_fund_it_is_for(client, network, db_session):
    record(client, "grant", pence="1,000.00", description="Rotary Club", fund="events")

    assert queries.fund_balance(Fund.EVENTS) == 100_000


def test_opening_balance_is_entered_fund_by_fund(client, network, db_session):
    record(client, "opening-balance", events="20", admin="", cpd="1200")

    assert lines_of(db_session) == [
        ("assets:bank", Fund.EVENTS, 2_000),
        ("equity:opening", Fund.EVENTS, -2_000),
        ("assets:bank", Fund.CPD, 120_000),
        ("equity:opening", Fund.CPD, -120_000),
    ]


def test_cash_taken_to_the_bank_keeps_its_funds(client, puzzle_day, db_session):
    make_payment(event=puzzle_day, account=accounts.CASH)

    page = client.get("/fund/entries/new/cash-banked").text
    done = record(client, "cash-banked", pence="6.00")

    assert "There is £6.00 in the cash box." in page
    assert 'value="6.00"' in page
    assert done.status_code == 303
    assert lines_of(db_session) == [
        ("assets:bank", Fund.EVENTS, 600),
        ("assets:cash", Fund.EVENTS, -600),
    ]


def test_payout_moves_card_payments_to_the_bank(client, puzzle_day, db_session):
    make_payment(event=puzzle_day)

    assert record(client, "payout", pence="6.00").status_code == 303
    assert sum(queries.held_by_fund(accounts.CARD_CLEARING).values()) == 0


def test_payout_of_more_than_expected_needs_a_reason(client, puzzle_day, db_session):
    make_payment(event=puzzle_day)

    refused = record(client, "payout", pence="7.00")
    assert refused.status_code == 422
    assert (
        "According to the ledger, the card processor holds £6.00. Check the amount." in refused.text
    )
    assert nothing_written(db_session)

    assert record(client, "payout", pence="7.00", reason="A fee given back").status_code == 303
    assert queries.held_by_fund(accounts.BANK) == {Fund.EVENTS: 600, Fund.ADMIN: 100, Fund.CPD: 0}
    assert queries.by_key("hand:payout:form-1").reason == "A fee given back"


def test_same_form_sent_twice_records_one_entry(client, network, db_session):
    filled = {"pence": "12.40", "description": "Postage"}

    first, again = record(client, "admin-cost", **filled), record(client, "admin-cost", **filled)

    assert (first.status_code, again.location) == (303, first.location)
    assert queries.mark().entries == 1


def test_same_form_with_another_amount_is_refused(client, network, db_session):
    record(client, "admin-cost", pence="12.40", description="Postage")

    refused = record(client, "admin-cost", pence="15", description="Postage")

    assert refused.status_code == 422
    assert "You sent this form before, at " in refused.text
    assert queries.mark().entries == 1


@pytest.mark.parametrize(
    ("kind", "filled", "words"),
    [
        ("speaker", {"pence": "500.01"}, "The CPD fund holds £500.00. It cannot pay £500.01."),
        ("subsidy", {"pence": "501"}, "The CPD fund holds £500.00. It cannot pay £501.00."),
        ("event-cost", {"fund": "cpd", "pence": "501"}, "The CPD fund holds £500.00."),
        ("admin-cost", {"account": accounts.CASH}, "There is only £0.00 in the cash box."),
        ("admin-cost", {"account": "assets:sofa"}, "The ledger has no such account."),
        ("admin-cost", {"pence": "0"}, "Enter an amount above zero."),
        ("admin-cost", {"pence": ""}, "Enter an amount in pounds, like 60 or 60.50."),
        ("admin-cost", {"pence": "-5"}, "Enter an amount that is not below zero"),
        ("admin-cost", {"pence": "lots"}, "“lots” is not an amount."),
        ("admin-cost", {"entered_on": "2027-03-02"}, "This date is in the future."),
        ("admin-cost", {"entered_on": "soon"}, "Enter a date, such as 12/06/2026."),
        ("admin-cost", {"entered_on": ""}, "Enter the date."),
        ("admin-cost", {"description": ""}, "Say what this was for."),
        ("admin-cost", {"description": "x" * 201}, "Shorten this to 200 characters."),
        ("event-cost", {"event": ""}, "Choose the event."),
        ("event-cost", {"event": "moon-day"}, "Choose one from the list."),
        ("subsidy", {"school": ""}, "Choose the school."),
        ("grant", {"fund": "roof"}, "Choose one from the list."),
        ("grant", {"pence": "0"}, "Enter an amount above zero."),
        ("cash-banked", {"pence": "5"}, "There is only £0.00. Check the amount."),
        ("payout", {"pence": "0"}, "Enter an amount above zero."),
        ("opening-balance", {"cpd": "0"}, "Enter an amount above zero."),
    ],
)
def test_refused_with_words_beside_what_was_typed(
    client, network, puzzle_day, db_session, kind, filled, words
):
    make_grant(pence=50_000)
    good = {
        "pence": "5",
        "description": "Something",
        "fund": "events",
        "event": puzzle_day.slug,
        "school": next(iter(network)),
    }
    if kind == "speaker":
        good.update(fund="cpd", event="")

    refused = record(client, kind, **{**good, **filled})

    assert refused.status_code == 422
    assert words in refused.text
    assert nothing_written(db_session)


def test_refused_form_keeps_what_was_typed(client, network, db_session):
    refused = record(client, "admin-cost", pence="lots", description="Stamps & paper")

    assert 'value="lots"' in refused.text
    assert "Stamps &amp; paper" in refused.text


def test_kind_that_is_never_made_by_hand_has_no_page(client, network, db_session):
    assert client.get("/fund/entries/new/payment").status_code == 404


@pytest.mark.parametrize("email", ["lead@fairplace.example", "auditor@fairplace.example"])
def test_only_the_treasurer_records(client, network, db_session, email):
    schools.sign_out(client)
    schools.sign_in(client, email)

    assert client.get("/fund/entries/new/grant").status_code == 404
    assert record(client, "grant", pence="5", description="x", fund="cpd").status_code == 404
    assert nothing_written(db_session)

"""Families' bank transfers: a reference to quote, found again at the bank, and what it comes to."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain import transferring
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.ledger import accounts
from booking.domain.payment_states import FundingStatus
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bank.models import BankLine
from booking.money.bank.queries import lines as bank_lines
from booking.money.checkout import service as checkout_service
from booking.money.fund import queries as fund_queries
from booking.money.payments.models import Method, Payment
from booking.money.transfers import queries
from booking.money.transfers.models import TransferReference
from tests.builders import bank as build_bank
from tests.builders import checkout, schools
from tests.builders.stored import fee_status, mails, refunds, state
from tests.page import soup, text, words


@pytest.fixture
def treasurer(app, db_session):
    """The treasurer's browser, apart from the family's."""
    browser = app.test_client()
    schools.sign_in(browser, schools.make_person(role=Role.TREASURER))
    return browser


def family_of(kind, **facts):
    made = checkout.make_family(checkout.make_fee_event(kind), **facts)
    checkout.answer(made)
    return made


def ask(client, family):
    """Press the button on the parent's page; return the reference that it then shows."""
    shown = client.post(f"{family.url}/transfer", follow_redirects=True)
    row = db.session.scalars(
        select(TransferReference).where(TransferReference.booking_id == family.booking.id)
    ).one()
    said = transferring.reference(row.number)
    db.session.rollback()
    assert said in text(shown)
    return said


def arrive(*rows):
    """Import a statement with these lines: words and pence."""
    today, held = clock.today(), bank_lines.held_pence()
    db.session.rollback()
    build_bank.make_statement(*((today, said, pence) for said, pence in rows), opening_pence=held)


def proposed(treasurer):
    page = treasurer.get("/fund/bank/matching")
    return [
        (words(box.find_parent("tr")), str(box["value"]), box.has_attr("checked"))
        for box in soup(page).select("[name=line]")
    ]


def record(treasurer, *lines):
    return treasurer.post("/fund/transfers/arrived", data={"line": list(lines)})


def arrives_and_is_recorded(treasurer, said, pence):
    arrive((said, pence))
    [(row, line, ticked)] = proposed(treasurer)
    record(treasurer, line)
    return row, ticked


def unmatched():
    db.session.rollback()
    found = select(BankLine.description).where(
        BankLine.match_id.is_(None), BankLine.brought_forward.is_(False)
    )
    return db.session.scalars(found).all()


def at_bank():
    return sum(fund_queries.held_by_fund(accounts.BANK).values())


def test_a_charge_paid_by_transfer_confirms_the_place(client, no_cards, treasurer):
    family = family_of(FeeKind.CHARGE)
    offered = client.get(f"{family.url}/charge")
    assert "Please pay £6.00 by bank transfer, or in cash or by cheque" in text(offered)
    said = ask(client, family)
    page = text(client.get(f"{family.url}/transfer"))
    assert "The Fairplace network (pretend account)" in page
    assert "00-00-00" in page
    assert ask(client, family) == said  # pressed again, it is the same

    arrive((f"FPI OKORO {said.replace(' ', '').lower()} BGC", 600))
    [(row, line, ticked)] = proposed(treasurer)
    assert "£6.00 in full." in row
    assert "Okoro" not in row.replace("OKORO", "")  # the bank's words, and no child's name
    assert ticked
    assert record(treasurer, line).location == "/fund/bank/matching"

    assert (state(family), fee_status(family)) == (BookingState.CONFIRMED, FundingStatus.RECEIVED)
    assert (unmatched(), at_bank(), proposed(treasurer)) == ([], 600, [])
    [receipt] = mails("receipt")
    assert receipt.recipient == family.parent.email
    record(treasurer, line)  # an old page is sent once more
    assert at_bank() == 600


def test_a_part_waits_for_the_rest_and_what_is_over_goes_back(client, no_cards, treasurer):
    family = family_of(FeeKind.CHARGE)
    said = ask(client, family)
    row, ticked = arrives_and_is_recorded(treasurer, said, 200)
    assert ("£2.00 of £6.00 that was asked." in row, ticked) == (True, True)
    assert (state(family), fee_status(family)) == (BookingState.INVITED, FundingStatus.PARTLY)

    row, ticked = arrives_and_is_recorded(treasurer, f"{said} REST", 500)
    assert "£1.00 more than was asked, which is then to be sent back." in row
    assert not ticked
    assert state(family) is BookingState.CONFIRMED

    row, ticked = arrives_and_is_recorded(treasurer, f"AGAIN {said}", 600)
    assert ("Nothing is asked any more: all of it" in row, ticked) == (True, False)
    assert refunds() == [(100, "requested", ""), (600, "requested", "")]
    [returned] = mails("payment_returned")
    assert "send it back to the account that it came from" in returned.text
    home = text(treasurer.get("/fund/"))
    assert "Send back £7.00 to families" in home


def test_the_treasurer_sends_back_and_nobody_else(client, no_cards, treasurer):
    family = family_of(FeeKind.CHARGE)
    arrives_and_is_recorded(treasurer, ask(client, family), 700)
    coordinator = no_cards.test_client()
    person = schools.make_person(role=Role.COORDINATOR, school=family.booking.school)
    schools.sign_in(coordinator, person)
    money = f"/school/bookings/{family.booking.public_id}/money"
    assert "Mark as handed back" not in text(coordinator.get(money))
    payment = db.session.scalars(select(Payment)).one()
    assert coordinator.get(f"{money}/undo/{payment.public_id}").status_code == 404

    page = soup(treasurer.get("/fund/transfers/"))
    action = page.select_one("form[action$='/sent']")["action"]
    assert treasurer.post(action).status_code == 303
    assert treasurer.post(action).status_code == 303  # once more does nothing
    assert at_bank() == 600
    [sent] = mails("refund_sent")
    assert "It is on its way to your bank account." in sent.text


def test_a_contribution_may_be_any_amount_and_no_word_is_of_debt(client, no_cards, treasurer):
    from booking.domain import charging

    family = family_of(FeeKind.VOLUNTARY_CONTRIBUTION)
    asked = text(client.get(f"{family.url}/contribution"))
    said = ask(client, family)
    shown = text(client.get(f"{family.url}/transfer"))
    for page in (asked, shown):
        # What every page says besides is checked elsewhere.
        own = page.lower().partition("what another parent")[0]
        assert [word for word in charging.AVOID_FOR_CONTRIBUTIONS if f" {word} " in own] == []
    client.post(f"{family.url}/transfer/sent")
    assert fee_status(family) is FundingStatus.PROMISED
    row, ticked = arrives_and_is_recorded(treasurer, said, 450)
    assert ("A voluntary contribution." in row, ticked) == (True, True)
    assert fee_status(family) is FundingStatus.RECEIVED
    assert "Thank you for your contribution" in text(client.get(family.url))


def test_a_slip_in_the_reference_is_proposed_and_not_ticked(client, no_cards, treasurer):
    family = family_of(FeeKind.CHARGE)
    said = ask(client, family)
    wrong = said[:-1] + str((int(said[-1]) + 1) % 10)
    arrive((f"OKORO {wrong}", 600), ("NO REFERENCE AT ALL", 600))
    [(row, line, ticked)] = proposed(treasurer)
    assert f"A digit is wrong: perhaps {said} is meant." in row
    assert not ticked
    record(treasurer, line)
    assert state(family) is BookingState.CONFIRMED
    assert unmatched() == ["NO REFERENCE AT ALL"]


def test_what_came_without_a_reference_is_recorded_by_hand_and_undone(client, no_cards, treasurer):
    family = family_of(FeeKind.CHARGE)
    said = ask(client, family)
    arrive(("MRS OKORO SCHOOL TRIP", 600))
    line = db.session.scalars(select(BankLine)).one().public_id
    address = "/fund/transfers/by-hand"
    other = transferring.reference(7_654_321)
    for typed, why in ((said[:-1], "nine digits"), ("FP 123 456 752", "wrong"), (other, "Nobody")):
        refused = treasurer.post(address, data={"line": line, "reference": typed})
        assert (refused.status_code, why in text(refused)) == (422, True)
    assert treasurer.post(address, data={"line": line, "reference": said}).status_code == 303
    assert (state(family), unmatched()) == (BookingState.CONFIRMED, [])

    payment = db.session.scalars(select(Payment)).one().public_id
    undone = treasurer.post(f"/fund/transfers/{payment}/undo", data={"reason": "Another child’s"})
    assert undone.status_code == 303
    assert (at_bank(), fee_status(family)) == (0, FundingStatus.REQUESTED)
    [told] = mails("receipt_undone")
    assert "Another child’s" in told.text


def test_saying_that_it_is_sent_keeps_the_place_once(client, no_cards, time_machine):
    family = family_of(FeeKind.CHARGE)
    ask(client, family)
    before = db.session.get_one(Booking, family.booking.id).reply_by_at
    time_machine.move_to(before - timedelta(hours=2))
    for _ in range(2):
        assert client.post(f"{family.url}/transfer/sent").status_code == 303
    db.session.rollback()
    after = db.session.get_one(Booking, family.booking.id).reply_by_at
    assert after >= before + timedelta(days=4)
    assert fee_status(family) is FundingStatus.PROMISED
    assert "You have told us that it is on its way." in text(client.get(f"{family.url}/transfer"))


def test_what_the_school_recorded_already_is_not_ticked(client, no_cards, treasurer):
    family = family_of(FeeKind.VOLUNTARY_CONTRIBUTION)
    said = ask(client, family)
    with transaction():
        checkout_service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=db.session.get_one(Booking, family.booking.id),
            method=Method.BANK_TRANSFER,
            amount_pence=600,
            reference="seen by the office",
        )
    arrive((said, 600))
    rows = [(row, ticked) for row, _, ticked in proposed(treasurer)]
    assert [(("The school has recorded" in row), ticked) for row, ticked in rows] == [(True, False)]


def test_one_transfer_for_two_places_is_shared(client, no_cards, treasurer):
    event = checkout.make_fee_event(FeeKind.CHARGE)
    school = schools.make_school()
    twins = [checkout.make_family(event, school=school, forename=name) for name in ("Ada", "Bo")]
    for each in twins:
        checkout.answer(each)
    first, second = (ask(client, each) for each in twins)
    arrive((f"OKORO {first} AND {second}", 1200))
    [(_, line, ticked)] = proposed(treasurer)
    assert ticked
    record(treasurer, line)
    assert [state(each) for each in twins] == [BookingState.CONFIRMED] * 2
    assert unmatched() == []


def test_transfers_beside_cards_are_for_the_treasurer_to_offer(client, app, treasurer):
    family = family_of(FeeKind.CHARGE)
    assert "bank transfer" not in text(client.get(f"{family.url}/charge"))
    assert client.post(f"{family.url}/transfer").location == family.url
    page = treasurer.get("/fund/transfers/")
    assert "Families are not offered bank transfers." in text(page)
    assert treasurer.post("/fund/transfers/", data={"offered": "y"}).status_code == 303
    assert "Pay by bank transfer" in text(client.get(f"{family.url}/charge"))
    ask(client, family)
    app.config["PAYEE_NAME"] = ""
    assert "No account is set, so nothing is offered" in text(treasurer.get("/fund/transfers/"))
    assert client.get(f"{family.url}/transfer").location == family.url


def test_nothing_is_given_where_nothing_is_asked(client, no_cards):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.FREE))
    checkout.answer(family)
    assert client.post(f"{family.url}/transfer").location == family.url
    assert db.session.scalars(select(TransferReference)).all() == []
    assert queries.arrived() == []

"""What a page recorded is undone there with its entry: bids, money taken by hand, slips."""

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.bidding import BidState
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.ledger import accounts
from booking.domain.payment_states import FundingStatus, PaymentState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.bids.models import Bid
from booking.money.cash import queries as cash_queries
from booking.money.cash import service as cash_service
from booking.money.checkout import service as checkout
from booking.money.checkout.models import Funding, PayIn
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.payments.models import Method, Payment, Refund
from booking.upkeep import doctor
from tests.builders import bids as bid_builders
from tests.builders import checkout as build
from tests.builders import schools
from tests.builders.fund import make_grant
from tests.page import soup, words

WHY = {"reason": "It was another family’s envelope."}


def unsound():
    db.session.rollback()
    asked = filter(doctor.can_be_asked, doctor.checks())
    return [text for check in asked for text in check.problems()]


def entry(key):
    db.session.rollback()
    return fund_queries.by_key(key)


def held(account):
    db.session.rollback()
    return sum(fund_queries.held_by_fund(account).values())


def letters(template):
    db.session.rollback()
    return db.session.scalars(select(Message).where(Message.template == template)).all()


def reverse_by_hand(key):
    """Reverse an entry in the ledger alone, as could be done before."""
    with fund_ports.entry_sources.instead(), transaction():
        fund.reverse(actor=COMMAND, now=clock.now(), entry=entry(key), reason="By hand")


def leads_on(client, key):
    """What the ledger says of an entry: nothing of reversing it."""
    page = client.get(f"/fund/entries/{key}")
    assert "Reverse this entry" not in page.text
    assert client.post(f"/fund/entries/{key}/reverse", data=WHY).status_code == 422
    return words(soup(page).main)


@pytest.fixture
def treasurer(app, db_session):
    client = app.test_client()
    schools.sign_in(client, schools.make_person(name="Tom Treasurer", role=Role.TREASURER))
    return client


class TestMoneyByHand:
    """Cash that a school recorded, banked and handed back."""

    @pytest.fixture
    def family(self, db_session):
        schools.make_terms()
        made = build.make_family(build.make_fee_event(FeeKind.CHARGE))
        build.answer(made)
        return made

    @pytest.fixture
    def paid(self, family):
        with transaction():
            return checkout.receive_money(
                actor=COMMAND,
                now=clock.now(),
                booking=db.session.get_one(Booking, family.booking.id),
                method=Method.CASH,
                amount_pence=600,
            ).public_id

    @pytest.fixture
    def school(self, app, family):
        client = app.test_client()
        of = family.booking.school
        schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=of))
        return client

    def money(self, family, rest=""):
        return f"/school/bookings/{family.booking.public_id}/money{rest}"

    def the_payment(self):
        db.session.rollback()
        return db.session.scalars(select(Payment)).one()

    def status(self, family):
        db.session.rollback()
        return db.session.get_one(Funding, family.booking.id).status

    def bank(self, family):
        db.session.rollback()
        school = db.session.get_one(Booking, family.booking.id).school
        listed = cash_queries.to_bank(school.id)
        with transaction():
            return cash_service.bank(
                actor=COMMAND,
                now=clock.now(),
                school=school,
                listed=[item.payment.public_id for item in listed],
                listed_pence=sum(item.pence for item in listed),
                reference="000123",
                banked_on=clock.today(),
            ).public_id

    def test_a_receipt_is_taken_back_with_its_entry(self, school, family, paid):
        assert "Undo the payment of £6.00" in school.get(self.money(family)).text
        address = self.money(family, f"/undo/{paid}")
        assert "A confirmed place stays confirmed" in school.get(address).text

        assert school.post(address, data=WHY).status_code == 303

        assert self.the_payment().state is PaymentState.FAILED
        assert (held(accounts.CASH), self.status(family)) == (0, FundingStatus.REQUESTED)
        booking = db.session.get_one(Booking, family.booking.id)
        assert booking.state is BookingState.CONFIRMED
        [letter] = letters("receipt_undone")
        assert WHY["reason"] in letter.text
        assert "The place is kept." in letter.text
        page = school.get(self.money(family)).text
        assert "Undone: It was another family" in page
        assert "Still to pay" in page
        assert unsound() == []

    def test_the_real_money_can_be_recorded_afterwards(self, school, family, paid):
        school.post(self.money(family, f"/undo/{paid}"), data=WHY)

        form = {"method": "cash", "amount": "6.00", "reference": ""}
        assert school.post(self.money(family, "/receive"), data=form).status_code == 303

        assert (held(accounts.CASH), self.status(family)) == (600, FundingStatus.RECEIVED)
        assert unsound() == []

    def test_a_receipt_is_taken_back_once(self, school, family, paid):
        address = self.money(family, f"/undo/{paid}")
        school.post(address, data=WHY)

        again = school.post(address, data=WHY)

        assert again.status_code == 422
        assert "already been undone" in again.text
        assert held(accounts.CASH) == 0

    def test_money_in_the_bank_is_taken_back_after_its_slip(self, school, family, paid, treasurer):
        slip = self.bank(family)
        refused = school.post(self.money(family, f"/undo/{paid}"), data=WHY)
        assert "Undo the paying-in slip first" in refused.text
        assert "Undo slip 000123" in school.get("/school/cash/").text

        assert school.post(f"/school/cash/{slip}/undo", data=WHY).status_code == 303

        assert (held(accounts.CASH), held(accounts.BANK)) == (600, 0)
        page = school.get("/school/cash/").text
        assert "Undone: It was another family" in page
        assert "Record £6.00 as paid in" in page
        [letter] = letters("undone")
        assert "The paying-in slip 000123" in letter.text
        assert unsound() == []
        again = school.post(f"/school/cash/{slip}/undo", data=WHY)
        assert "already been undone" in again.text
        assert school.post(self.money(family, f"/undo/{paid}"), data=WHY).status_code == 303
        assert held(accounts.CASH) == 0

    def test_a_slip_can_be_recorded_again(self, school, family, paid):
        slip = self.bank(family)
        school.post(f"/school/cash/{slip}/undo", data=WHY)

        self.bank(family)

        assert (held(accounts.CASH), held(accounts.BANK)) == (0, 600)
        assert unsound() == []

    def handed_back(self, family):
        with transaction():
            line = self.the_payment().lines[0]
            checkout.refund(actor=COMMAND, now=clock.now(), line=line, reason="Asked for it")
        with transaction():
            refund = db.session.scalars(select(Refund)).one()
            checkout.give_back_by_hand(actor=COMMAND, now=clock.now(), refund=refund)
        return refund.public_id

    def test_a_refund_that_was_not_handed_over_waits_again(self, school, family, paid):
        refund = self.handed_back(family)
        assert held(accounts.CASH) == 0
        refused = school.post(self.money(family, f"/undo/{paid}"), data=WHY)
        assert "undo that" in refused.text
        address = self.money(family, f"/undo-refund/{refund}")
        assert "Undo the refund of £6.00" in school.get(self.money(family)).text

        assert school.post(address, data=WHY).status_code == 303

        db.session.rollback()
        states = [row.state.value for row in db.session.scalars(select(Refund))]
        assert sorted(states) == ["failed", "requested"]
        assert held(accounts.CASH) == 600
        assert "you have not had it yet" in letters("refund_undone")[0].text
        assert unsound() == []
        assert "already been undone" in school.post(address, data=WHY).text
        # Nothing has gone any more, so the receipt can be taken back as well.
        assert school.post(self.money(family, f"/undo/{paid}"), data=WHY).status_code == 303
        assert unsound() == []

    def test_the_ledger_leads_to_the_school(self, treasurer, family, paid):
        said = leads_on(treasurer, f"payment:{paid}")

        assert "made by a payment of £6.00 that a school recorded" in said
        slip = self.bank(family)
        assert "the paying-in slip 000123" in leads_on(treasurer, f"pay-in:{slip}")

    def test_what_was_reversed_by_hand_is_named_and_put_right(self, school, family, paid):
        reverse_by_hand(f"payment:{paid}")
        assert any(f"payment {paid}" in problem for problem in unsound())

        school.post(self.money(family, f"/undo/{paid}"), data=WHY)

        assert (unsound(), held(accounts.CASH)) == ([], 0)
        form = {"method": "cash", "amount": "6.00", "reference": ""}
        school.post(self.money(family, "/receive"), data=form)
        slip = self.bank(family)
        reverse_by_hand(f"pay-in:{slip}")
        assert any("slip 000123" in problem for problem in unsound())
        school.post(f"/school/cash/{slip}/undo", data=WHY)
        assert unsound() == []

    def test_card_money_is_refunded_instead(self, school, family, treasurer):
        build.pay(family)
        payment = self.the_payment()

        refused = school.post(self.money(family, f"/undo/{payment.public_id}"), data=WHY)

        assert "This was paid by card. Refund it" in refused.text
        assert "a card payment of £6.00" in leads_on(treasurer, f"payment:{payment.public_id}")


class TestBids:
    """A claim that was marked as paid."""

    @pytest.fixture
    def spent(self, db_session):
        school = next(iter(schools.make_network(schools=1).values()))
        make_grant(pence=100_000)
        lead = schools.person_of("lead@fairplace.example")
        applicant = schools.make_person(role=Role.COORDINATOR, school=school)
        bid = bid_builders.make_bid(school=school, applicant=applicant)
        bid_builders.approve(bid, lead)
        bid_builders.claim(bid)
        bid_builders.pay(bid, by=lead)
        return bid.public_id

    def the_bid(self):
        db.session.rollback()
        return db.session.scalars(select(Bid)).one()

    def test_a_payment_is_taken_back_and_the_money_promised_again(self, treasurer, spent):
        with transaction():
            fund.keep_rules(actor=COMMAND, now=clock.now(), alone_up_to_pence=1_000_000)
        pence = self.the_bid().claimed_pence
        before = held(accounts.BANK)
        address = f"/cpd/bids/{spent}/undo-payment"
        assert "Undo the payment" in treasurer.get(f"/cpd/bids/{spent}").text
        assert "its money is promised again" in treasurer.get(address).text

        assert treasurer.post(address, data=WHY).status_code == 303

        found = self.the_bid()
        assert (found.state, found.entry_id) == (BidState.CLAIMED, None)
        assert held(accounts.BANK) == before + pence
        assert "The treasurer pays it next." in letters("undone")[0].text
        assert unsound() == []
        assert "already been undone" in treasurer.post(address, data=WHY).text
        bid_builders.pay(found, by=schools.person_of("lead@fairplace.example"))
        assert self.the_bid().entry.key == f"bid:{spent}:again-2"
        assert (held(accounts.BANK), unsound()) == (before, [])
        assert "made by the bid" in leads_on(treasurer, f"bid:{spent}:again-2")

    def test_what_was_reversed_by_hand_is_named_and_put_right(self, treasurer, spent):
        reverse_by_hand(f"bid:{spent}")
        assert any(f"bid {spent} was paid" in problem for problem in unsound())

        treasurer.post(f"/cpd/bids/{spent}/undo-payment", data=WHY)

        assert (self.the_bid().state, unsound()) == (BidState.CLAIMED, [])


def test_a_slip_is_of_its_own_school_alone(app, db_session):
    schools.make_terms()
    school, other = schools.make_school(), schools.make_school()
    with transaction() as unit:
        slip = PayIn(school_id=school.id, amount_pence=1, reference="1", banked_on=clock.today())
        unit.add(slip)
    client = app.test_client()
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=other))

    assert client.post(f"/school/cash/{slip.public_id}/undo", data=WHY).status_code == 404

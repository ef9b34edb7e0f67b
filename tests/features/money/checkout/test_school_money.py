"""The coordinator's side: paper slips, money by hand, silent remission, refunds, one reminder."""

import re
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import select

from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FUNDING_MOVES, SETTLED, FundingStatus
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.foundation.notifications import sending
from booking.foundation.notifications.models import Message, MessageState
from booking.money.checkout import service
from booking.money.checkout.models import Consent, Funding, Needs
from booking.money.fund.models import Entry, EntryLine
from booking.money.payments.models import Payment, Refund
from tests.builders import checkout, events, schools
from tests.builders.stored import fee_status, mails, state
from tests.page import soup, words

SLIP = {
    "agreed": "yes",
    "given_by": "Sam Okoro",
    "health": "Asthma: blue inhaler",
    "diets": "halal",
    "photo": "none",
    "collection": "school",
    "emergency_name": "Sam Okoro",
    "emergency_phone": "07700 900123",
}


@pytest.fixture
def school(db_session):
    return schools.make_school()


@pytest.fixture
def coordinator(client, school):
    person = schools.make_person(role=Role.COORDINATOR, school=school)
    schools.sign_in(client, person)
    return client


@pytest.fixture
def charged(school):
    event = checkout.make_fee_event(FeeKind.CHARGE)
    return checkout.make_family(
        event, school=school, forename="Bea", parent_email="bea@parents.example"
    )


@pytest.fixture
def voluntary(school):
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    return checkout.make_family(event, school=school)


def at(family, page):
    return f"/school/bookings/{family.booking.public_id}/{page}"


def test_a_paper_slip_counts_as_the_parents_answer(coordinator, voluntary):
    assert coordinator.get(at(voluntary, "reply")).status_code == 200

    assert coordinator.post(at(voluntary, "reply"), data=SLIP).status_code == 303

    assert state(voluntary) is BookingState.CONFIRMED
    consent = db.session.scalars(select(Consent)).one()
    assert (consent.channel, consent.given_by) == ("paper", "Sam Okoro")
    assert consent.recorded_by_id is not None
    assert db.session.get(Needs, voluntary.booking.id).diets == ["halal"]


def test_a_paper_slip_may_say_no_and_nothing_else(coordinator, voluntary):
    slip = {"agreed": "no", "given_by": "Sam Okoro"}

    assert coordinator.post(at(voluntary, "reply"), data=slip).status_code == 303

    assert state(voluntary) is BookingState.DECLINED


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("agreed", "Choose what the slip says."),
        ("given_by", "Enter the name of the parent who signed."),
        ("emergency_phone", "Enter a telephone number for an emergency."),
    ],
)
def test_half_a_slip_is_refused_whole(coordinator, voluntary, missing, sentence):
    response = coordinator.post(at(voluntary, "reply"), data={**SLIP, missing: ""})

    assert response.status_code == 422
    assert sentence in words(soup(response))
    assert b"blue inhaler" in response.data
    assert db.session.scalars(select(Consent)).all() == []


def test_cash_settles_a_charge_and_is_posted_to_the_cash_box(coordinator, charged):
    checkout.answer(charged)

    money = {"method": "cash", "amount": "6"}
    assert coordinator.post(at(charged, "money/receive"), data=money).status_code == 303

    assert (fee_status(charged), state(charged)) == (FundingStatus.RECEIVED, BookingState.CONFIRMED)
    cash = select(EntryLine.pence).where(EntryLine.account == "assets:cash")
    assert sum(db.session.scalars(cash)) == 600
    assert len(mails("receipt")) == 1


def test_part_of_a_charge_leaves_the_place_waiting_and_the_rest_for_the_card(coordinator, charged):
    checkout.answer(charged)
    coordinator.post(at(charged, "money/receive"), data={"method": "cash", "amount": "2.50"})
    assert (fee_status(charged), state(charged)) == (FundingStatus.PARTLY, BookingState.INVITED)

    payment = checkout.pay(charged)

    assert payment.amount_pence == 350
    assert (fee_status(charged), state(charged)) == (FundingStatus.RECEIVED, BookingState.CONFIRMED)


def test_a_part_is_paid_the_rest_is_remitted_and_some_of_the_part_goes_back(coordinator, charged):
    checkout.answer(charged)
    coordinator.post(at(charged, "money/receive"), data={"method": "cash", "amount": "2.50"})
    coordinator.post(at(charged, "money/remit"))
    assert (fee_status(charged), state(charged)) == (FundingStatus.REMITTED, BookingState.CONFIRMED)
    paid = db.session.scalars(select(Payment)).one()

    some = {"refund-amount": "1", "refund-reason": "The rest is remitted."}
    coordinator.post(at(charged, f"money/refund/{paid.public_id}"), data=some)
    refund = db.session.scalars(select(Refund)).one()
    page = coordinator.post(
        at(charged, f"money/given-back/{refund.public_id}"), follow_redirects=True
    )

    assert "Recorded as handed back." in words(soup(page))
    assert fee_status(charged) is FundingStatus.REMITTED
    cash = select(EntryLine.pence).where(EntryLine.account == "assets:cash")
    assert sum(db.session.scalars(cash)) == 150


@pytest.mark.parametrize(
    ("money", "sentence"),
    [
        ({"method": "cheque", "amount": "6", "reference": ""}, "Enter the cheque number"),
        ({"method": "cash", "amount": "6.01"}, "Only £6.00 is still to pay."),
        ({"method": "cash", "amount": "0"}, "Enter an amount above zero."),
        ({"method": "cash", "amount": "lots"}, "is not an amount"),
        ({"method": "card", "amount": "6"}, "Choose one of these"),
    ],
)
def test_money_that_cannot_be_right_is_refused(coordinator, charged, money, sentence):
    response = coordinator.post(at(charged, "money/receive"), data=money)

    assert response.status_code == 422
    assert sentence in words(soup(response))
    assert db.session.scalars(select(Payment)).all() == []


def test_a_remitted_charge_confirms_the_place_and_is_audited(coordinator, charged):
    checkout.answer(charged)

    coordinator.post(at(charged, "money/remit"))

    assert (fee_status(charged), state(charged)) == (FundingStatus.REMITTED, BookingState.CONFIRMED)
    actions = db.session.scalars(select(AuditEntry.action)).all()
    assert "change_funding" in actions
    assert mails("receipt") == []


@pytest.mark.parametrize("status", FundingStatus)
def test_a_remission_is_offered_just_where_it_would_be_accepted(coordinator, charged, status):
    with transaction() as unit:
        unit.get_one(Funding, charged.booking.id).status = status

    offered = at(charged, "money/remit") in coordinator.get(at(charged, "money")).text

    assert offered == (FundingStatus.REMITTED in FUNDING_MOVES[status] and status not in SETTLED)
    coordinator.post(at(charged, "money/remit"))
    assert not offered or fee_status(charged) is FundingStatus.REMITTED


def test_the_parents_pages_are_the_same_bytes_whether_remitted_or_paid(client, school, app):
    event = checkout.make_fee_event(FeeKind.CHARGE)
    family = checkout.make_family(event, school=school)
    pages = ["", "/needs", "/day", "/decline"]

    def look():
        browser = app.test_client()
        for page in pages:
            body = browser.get(family.url + page).data
            yield re.sub(rb'name="(?:csrf_token|form_key)" value="[^"]*"', b"", body)

    before = list(look())
    with transaction() as unit:
        booking = unit.get_one(Booking, family.booking.id)
        service.remit(actor=COMMAND, now=clock.now(), booking=booking)
    assert list(look()) == before  # not yet answered: invited and remitted look the same

    checkout.answer(family)
    remitted = list(look())
    with transaction() as unit:
        unit.get_one(Funding, family.booking.id).status = FundingStatus.RECEIVED
    assert list(look()) == remitted


def test_a_remission_can_be_taken_back_and_the_place_stays(coordinator, charged):
    checkout.answer(charged)
    coordinator.post(at(charged, "money/remit"))

    coordinator.post(at(charged, "money/ask"))

    assert (fee_status(charged), state(charged)) == (
        FundingStatus.REQUESTED,
        BookingState.CONFIRMED,
    )


def test_a_contribution_is_not_remitted_because_nothing_has_to_be_paid(coordinator, voluntary):
    response = coordinator.post(at(voluntary, "money/remit"), follow_redirects=True)

    assert "there is nothing to remit" in words(soup(response))
    assert fee_status(voluntary) is FundingStatus.REQUESTED


def test_a_contribution_is_mentioned_once_more_and_never_again(coordinator, voluntary):
    checkout.answer(voluntary)

    coordinator.post(at(voluntary, "money/remind"))
    again = coordinator.post(at(voluntary, "money/remind"), follow_redirects=True)

    assert "has already had a reminder" in words(soup(again))
    (mail,) = mails("contribution_reminder")
    assert "There is no obligation" in mail.text


def test_a_family_that_said_not_this_time_is_not_written_to(coordinator, voluntary):
    checkout.answer(voluntary)
    with transaction() as unit:
        booking = unit.get_one(Booking, voluntary.booking.id)
        service.not_this_time(actor=COMMAND, now=clock.now(), booking=booking)

    coordinator.post(at(voluntary, "money/remind"))

    assert mails("contribution_reminder") == []


def test_a_refund_in_part_goes_out_by_the_worker(coordinator, voluntary):
    checkout.answer(voluntary)
    payment = checkout.pay(voluntary, 600)
    url = at(voluntary, f"money/refund/{payment.public_id}")

    coordinator.post(url, data={"refund-amount": "2", "refund-reason": "Paid a little too much."})
    assert db.session.scalars(select(Refund)).one().state.value == "requested"
    service.execute_refunds(clock.now())

    db.session.rollback()
    refund = db.session.scalars(select(Refund)).one()
    assert (refund.state.value, refund.payment.state.value) == ("succeeded", "part_refunded")
    posted = select(EntryLine.pence).join(Entry).where(Entry.kind == "refund", EntryLine.pence < 0)
    assert sum(db.session.scalars(posted)) == -200
    assert "Paid a little too much." in mails("refund_sent")[0].text


def test_more_than_was_paid_is_not_given_back(coordinator, voluntary):
    checkout.answer(voluntary)
    payment = checkout.pay(voluntary, 600)
    url = at(voluntary, f"money/refund/{payment.public_id}")

    response = coordinator.post(url, data={"refund-amount": "6.01", "refund-reason": "Oops"})

    assert response.status_code == 422
    assert "Enter an amount up to £6.00." in words(soup(response))


def test_cash_is_given_back_by_hand(coordinator, charged):
    checkout.answer(charged)
    coordinator.post(at(charged, "money/receive"), data={"method": "cash", "amount": "6"})
    events.cancel_event(charged.booking.event)
    assert service.execute_refunds(clock.now()) == 0
    refund = db.session.scalars(select(Refund)).one()
    assert b"Mark as handed back" in coordinator.get(at(charged, "money")).data

    coordinator.post(at(charged, f"money/given-back/{refund.public_id}"))

    cash = select(EntryLine.pence).where(EntryLine.account == "assets:cash")
    assert sum(db.session.scalars(cash)) == 0
    assert fee_status(charged) is FundingStatus.REFUNDED


def test_the_money_page_lists_the_schools_own_pupils_by_name_only(coordinator, school, client):
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    mine = [
        checkout.make_family(event, school=school, forename=name, parent_email=f"{name}@p.example")
        for name in ("Zoe", "Ada", "Moe")
    ]
    other = checkout.make_family(event, forename="Foreign", parent_email="f@p.example")
    checkout.answer(mine[0])
    checkout.pay(mine[0], 600)

    def names():
        page = soup(client.get(f"/school/events/{event.slug}/money"))
        return [words(head) for head in page.select("tbody th")]

    assert other
    assert names() == ["Ada Okoro", "Moe Okoro", "Zoe Okoro"]


def test_funding_moves_no_place_and_no_name(school, coordinator):
    """Whatever families give, the order, the places and the host's list do not change."""
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    families = [
        checkout.make_family(event, school=school, forename=name, parent_email=f"{name}@p.example")
        for name in ("Ada", "Ben", "Cy")
    ]
    for family in families:
        checkout.answer(family)
    statuses = (
        FundingStatus.RECEIVED,
        FundingStatus.DECLINED_NO_REASON_ASKED,
        FundingStatus.REQUESTED,
    )
    seen = set()
    for order in permutations(statuses):
        with transaction() as unit:
            for family, status in zip(families, order, strict=True):
                unit.get_one(Funding, family.booking.id).status = status
        expected = [(b.id, b.state, b.place_id) for b in place_queries.expected(event.id)]
        left = place_queries.places_left([event.id])
        tasks = coordinator.get("/school/").data
        seen.add((tuple(expected), str(left), re.sub(rb'value="[^"]*"', b"", tasks)))

    assert len(seen) == 1


def test_another_schools_coordinator_finds_nothing(voluntary, client):
    other = schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    checkout.answer(voluntary)
    payment = checkout.pay(voluntary, 600)
    schools.sign_in(client, other)

    for page in ("money", "reply"):
        assert client.get(at(voluntary, page)).status_code == 404
    for action in ("receive", "remit", "ask", "remind", f"refund/{payment.public_id}"):
        assert client.post(at(voluntary, f"money/{action}")).status_code == 404


def test_a_payment_of_another_booking_is_not_refunded_here(coordinator, voluntary, charged):
    checkout.answer(voluntary)
    payment = checkout.pay(voluntary, 600)

    url = at(charged, f"money/refund/{payment.public_id}")

    assert coordinator.post(url, data={"refund-amount": "1"}).status_code == 404


def test_a_charge_before_a_place_is_a_task_and_a_contribution_is_not(coordinator, charged, school):
    checkout.answer(charged)
    event = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, title="Sketching")
    checkout.answer(
        checkout.make_family(event, school=school, forename="Di", parent_email="s@p.example")
    )

    page = words(soup(coordinator.get("/school/")))

    assert "1 charge to settle for Puzzle day" in page
    assert "settle for Sketching" not in page


def test_the_treasurer_sees_what_has_to_be_explained(client, voluntary):
    schools.sign_in(client, schools.make_person(role=Role.TREASURER))
    assert "Nothing to explain" in words(soup(client.get("/fund/to-explain")))
    checkout.answer(voluntary)
    session_id = checkout.begin(voluntary, 600)
    with transaction() as unit:
        unit.execute(Payment.__table__.update().values(amount_pence=599))
    checkout.pay_at_demo_processor(session_id)
    service.settle(session_id)

    page = words(soup(client.get("/fund/to-explain")))

    assert "The card processor took £6.00; we asked for £5.99." in page
    assert "Okoro" not in page


def test_receipts_leave_through_the_outbox_with_the_calendar_file(charged, capsys):
    checkout.answer(charged)
    checkout.pay(charged)

    sending.send_due()

    printed = capsys.readouterr().out
    assert f": receipt for £6.00, {charged.booking.pupil.forename} at Puzzle day" in printed
    assert ".ics]" in printed
    left = db.session.scalars(select(Message).where(Message.state != MessageState.SENT)).all()
    assert left == []
    receipts = select(Message.about).where(Message.template == "receipt")
    assert set(db.session.scalars(receipts)) == {f"booking:{charged.booking.id}"}


def test_reconcile_by_hand_settles_what_the_parent_left_behind(app, charged):
    checkout.answer(charged)
    session_id = checkout.begin(charged)
    checkout.pay_at_demo_processor(session_id)
    db.session.rollback()

    result = app.test_cli_runner().invoke(args=["payments", "reconcile"])

    assert result.exit_code == 0, result.output
    assert result.output.startswith("1 looked at, 1 paid, 0 expired")
    assert state(charged) is BookingState.CONFIRMED


def test_a_page_nobody_ever_saw_lapses(charged, time_machine):
    checkout.answer(charged)
    checkout.begin(charged)
    with transaction() as unit:
        unit.execute(Payment.__table__.update().values(session_id=None))
    time_machine.move_to(clock.now() + timedelta(days=30))

    assert service.settle_open(clock.now()).lapsed == 1

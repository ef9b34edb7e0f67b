"""What did not agree with the books: attached, given back or noted, each with a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.funds import Fund
from booking.domain.payment_states import PaymentState
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.money.checkout import service
from booking.money.checkout.models import Explanation
from booking.money.fund.models import Entry
from tests.builders import checkout, schools
from tests.builders.stored import keys, mails, state, the_only
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.processor_days import payment_of, reconcile, total
from tests.page import table_rows

PARKED, CLEARING, BANK = "assets:to-explain", "assets:card-clearing", "assets:bank"


def park(processor, family, **lie):
    """Let money arrive that does not match what was asked for."""
    session_id = checkout.begin(family)
    processor.pay(session_id, **(lie or {"client_reference_id": "another"}))
    assert service.settle(session_id) is service.SettlementOutcome.PARKED
    return session_id


def pay_less(processor, family, pence):
    session_id = checkout.begin(family)
    processor.sessions[session_id]["amount_total"] = pence
    processor.pay(session_id)
    assert service.settle(session_id) is service.SettlementOutcome.PARKED
    return session_id


def explain(client, resolution, *, reason="Spoke with the family.", reference=""):
    data = {"resolution": resolution, "reason": reason, "reference": reference}
    return client.post(f"/fund/to-explain/{the_only(Explanation).public_id}", data=data)


def test_parked_money_is_in_the_books_and_on_the_list(processor, charged, treasurer):
    session_id = park(processor, charged)

    assert total(CLEARING) == 600
    assert total(PARKED) == -600
    page = treasurer.get("/fund/to-explain").text
    assert "The reference at the card processor is not this payment" in page
    assert payment_of(session_id).public_id in page
    assert "1 thing to explain" in treasurer.get("/fund/").text


def test_attaching_makes_it_the_payment_that_it_was_meant_to_be(processor, charged, treasurer):
    session_id = park(processor, charged)

    assert explain(treasurer, "attached").status_code == 303

    assert payment_of(session_id).state is PaymentState.PAID
    assert state(charged) is BookingState.CONFIRMED
    assert total(PARKED) == 0
    assert processor_days.by_fund(CLEARING) == {Fund.EVENTS: 340, Fund.ADMIN: 60, Fund.CPD: 200}
    assert len(mails("receipt")) == 1
    assert "Nothing to explain" in treasurer.get("/fund/to-explain").text


def test_another_amount_is_attached_as_it_came(processor, charged, treasurer):
    session_id = pay_less(processor, charged, 500)

    explain(treasurer, "attached")

    payment = payment_of(session_id)
    assert (payment.amount_pence, payment.lines[0].amount_pence) == (500, 500)
    assert state(charged) is BookingState.INVITED
    assert service.amount_due(db.session.get_one(Booking, charged.booking.id)) == 100
    assert total("income:charges") == -500


def test_attached_after_its_payout_the_money_changes_hands_in_the_processor(
    processor, charged, treasurer
):
    session_id = park(processor, charged)
    processor.books.pay_out()
    reconcile()
    assert processor_days.by_fund(BANK) == {Fund.ADMIN: 565}

    explain(treasurer, "attached")

    assert processor_days.by_fund(BANK) == {Fund.EVENTS: 340, Fund.ADMIN: 25, Fund.CPD: 200}
    assert processor_days.by_fund(CLEARING) == {}
    assert payment_of(session_id).card_fee_pence == 35


def test_attached_before_its_payout_each_fund_gets_its_own(processor, charged, treasurer):
    park(processor, charged)
    explain(treasurer, "attached")
    processor.books.pay_out()

    reconcile()

    assert processor_days.by_fund(BANK) == {Fund.EVENTS: 340, Fund.ADMIN: 25, Fund.CPD: 200}
    assert processor_days.by_fund(CLEARING) == {}
    assert processor_days.problems() == []


def test_parked_money_may_go_back(processor, charged, treasurer):
    session_id = park(processor, charged)

    explain(treasurer, "refunded", reason="Paid by mistake.")
    service.execute_refunds(clock.now())

    assert [refund["amount"] for refund in processor.refunds.values()] == [600]
    assert payment_of(session_id).state is PaymentState.REFUNDED
    assert state(charged) is BookingState.INVITED
    assert (total(PARKED), total(CLEARING)) == (0, 0)


def test_a_note_makes_it_administrations_own(processor, treasurer):
    processor.books.row("charge", 1250, fee=39, source={"id": "ch_other", "object": "charge"})
    processor.books.pay_out()
    reconcile()

    explain(treasurer, "noted", reason="Cake sale of the host school.")

    assert total(PARKED) == 0
    assert processor_days.by_fund("income:grants") == {Fund.ADMIN: -1250}
    assert the_only(Explanation).reason == "Cake sale of the host school."


def test_money_that_left_is_noted_as_a_cost(processor, treasurer):
    processor.books.row("topup", -300)
    processor.books.pay_out()
    reconcile()

    explain(treasurer, "noted", reason="A correction of the card processor.")

    assert total(PARKED) == 0
    assert processor_days.by_fund("expenses:admin") == {Fund.ADMIN: 300}


def test_money_that_names_no_payment_is_attached_by_its_reference(processor, charged, treasurer):
    session_id = checkout.begin(charged)
    reference = payment_of(session_id).public_id
    processor.books.row(
        "charge",
        600,
        fee=35,
        source={"id": "ch_other", "object": "charge", "payment_intent": "pi_other"},
    )
    processor.books.pay_out()
    reconcile()

    answer = explain(treasurer, "attached", reference=reference)

    assert answer.status_code == 303
    assert state(charged) is BookingState.CONFIRMED
    assert payment_of(session_id).reference == "pi_other"
    assert payment_of(session_id).card_fee_pence == 35
    assert processor_days.by_fund(BANK) == {Fund.EVENTS: 340, Fund.ADMIN: 25, Fund.CPD: 200}
    assert total(PARKED) == 0


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("nobodys", "No payment has this reference."),
        ("", "No payment has this reference."),
        ("paid", "The money for this payment has already arrived."),
    ],
)
def test_a_reference_that_fits_nothing_is_refused_beside_its_field(
    processor, treasurer, reference, words
):
    _, payment = processor_days.paid_family(processor)
    processor.books.row("charge", 600, source={"id": "ch_other", "object": "charge"})
    processor.books.pay_out()
    reconcile()
    given = payment.public_id if reference == "paid" else reference

    answer = explain(treasurer, "attached", reference=given, reason="Typed from the mail.")

    assert answer.status_code == 422
    assert words in answer.text
    assert "Typed from the mail." in answer.text
    assert total(PARKED) == -600
    assert the_only(Explanation).resolved_at is None


def test_an_explanation_needs_a_reason_and_a_choice(processor, charged, treasurer):
    park(processor, charged)

    for resolution, reason in (("attached", ""), ("", "Because."), ("burnt", "Because.")):
        assert explain(treasurer, resolution, reason=reason).status_code == 422

    assert total(PARKED) == -600


def test_pretend_money_and_other_currencies_can_only_be_noted(processor, charged, treasurer):
    park(processor, charged, currency="usd")

    assert explain(treasurer, "attached").status_code == 422
    assert explain(treasurer, "noted", reason="A test from abroad.").status_code == 303
    assert keys() == []


def test_what_was_explained_stays_readable_and_cannot_be_explained_again(
    processor, charged, treasurer
):
    park(processor, charged)
    explain(treasurer, "attached", reason="The family typed the link by hand.")

    again = explain(treasurer, "refunded")

    assert "Somebody has already explained this" in treasurer.get(again.location).text
    listed = treasurer.get("/fund/to-explain?explained=1").text
    assert "The family typed the link by hand." in listed
    assert "Tom Treasurer" in listed
    assert processor.refunds == {}


def test_every_explanation_is_audited(processor, charged, treasurer):
    park(processor, charged)
    explain(treasurer, "noted", reason="It was a test.")

    db.session.rollback()
    actions = db.session.execute(
        select(AuditEntry.action, AuditEntry.reason).where(
            AuditEntry.subject_type == "explanations"
        )
    ).all()
    assert [action for action, _ in actions] == ["find_problem", "explain"]
    assert actions[1].reason == "It was a test."
    (entry,) = db.session.scalars(select(Entry).where(Entry.kind == "explained"))
    assert entry.reason == "It was a test."
    assert entry.made_by.name == "Tom Treasurer"


def test_a_lead_reads_and_does_not_explain(processor, charged, client):
    park(processor, charged)
    schools.sign_in(client, schools.make_person(role=Role.LEAD))
    url = f"/fund/to-explain/{the_only(Explanation).public_id}"

    assert "Only the treasurer can explain it." in client.get(url).text
    assert client.post(url, data={"resolution": "noted", "reason": "x"}).status_code == 404


def test_the_payout_pages_show_every_row_with_its_entries(processor, treasurer):
    processor_days.paid_family(processor)
    processor.books.row("charge", 1250, fee=39, source={"id": "ch_other", "object": "charge"})
    payout = processor.books.pay_out()
    reconcile()

    listed = treasurer.get("/fund/payouts").text
    assert ">Agrees<" in listed
    assert "£17.76" in listed
    page = treasurer.get(f"/fund/payouts/{payout['id']}").text
    assert "To explain" in page
    assert "Pupil1" not in page
    assert treasurer.get("/fund/payouts/po_other").status_code == 404


def test_the_treasurer_asks_the_processor_at_the_press_of_a_button(processor, treasurer):
    processor_days.paid_family(processor)
    processor.books.pay_out()

    answer = treasurer.get(treasurer.post("/fund/payouts/ask").location)

    assert "We have asked the card processor." in answer.text
    assert "The card processor held" in answer.text
    assert "What makes the difference" not in answer.text
    assert total(BANK) == 565


def test_what_was_recorded_since_the_processor_was_asked_makes_the_difference(
    processor, treasurer, time_machine
):
    treasurer.post("/fund/payouts/ask")
    time_machine.move_to(clock.now() + timedelta(minutes=5))
    processor_days.paid_family(processor)

    page = treasurer.get("/fund/payouts")

    rows = table_rows(page, "From what the card processor held to what our books say")
    first, *since, last = [row[-1] for row in rows]
    assert (first, last) == ("£0.00", "£5.65")
    assert sorted(since) == ["-£0.35", "£6.00"]
    assert all("recorded since then" in row[0] for row in rows[1:-1])


def test_what_nothing_recorded_since_explains_is_said_to_be_unexplained(
    processor, treasurer, time_machine
):
    processor_days.paid_family(processor)
    processor.books.row("charge", 1250, fee=0, source={"id": "ch_other", "object": "charge"})
    treasurer.post("/fund/payouts/ask")

    page = treasurer.get("/fund/payouts")

    rows = table_rows(page, "From what the card processor held to what our books say")
    assert [row[-1] for row in rows] == ["£18.15", "-£12.50", "£5.65"]
    assert "ask the card processor again" in rows[1][0]


def test_a_processor_that_does_not_answer_is_said_to_be_silent(processor, treasurer):
    processor.faults[:] = [429]

    answer = treasurer.get(treasurer.post("/fund/payouts/ask").location)

    assert "is not answering" in answer.text


@pytest.mark.parametrize("path", ["/fund/payouts", "/fund/to-explain"])
def test_lists_ask_the_same_few_questions_for_one_row_and_for_many(
    processor, treasurer, count_queries, path
):
    counts = []
    for number in range(3):
        processor.books.row("charge", 100 + number, source={"id": f"ch_{number}"})
        processor.books.now += 1
        processor.books.pay_out()
        reconcile()
        treasurer.get(path)
        with count_queries() as queries:
            treasurer.get(path)
        counts.append(len(queries))

    assert len(set(counts)) == 1


def test_a_payouts_page_asks_the_same_few_questions_for_one_row_and_for_many(
    processor, treasurer, count_queries
):
    counts = []
    for rows in (1, 4):
        for number in range(rows):
            processor.books.row("charge", 100 + number, source={"id": f"ch_{rows}_{number}"})
        processor.books.now += 1
        payout = processor.books.pay_out()
        reconcile()
        treasurer.get(f"/fund/payouts/{payout['id']}")
        with count_queries() as queries:
            treasurer.get(f"/fund/payouts/{payout['id']}")
        counts.append(len(queries))

    assert len(set(counts)) == 1

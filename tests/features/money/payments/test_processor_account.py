"""One contract for two card processors: what both say about payouts, disputes and messages."""

from datetime import UTC, datetime, timedelta

import pytest

from booking.domain.payment_states import RefundState
from booking.domain.processor_states import DisputeState, PayoutState, RowKind
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.payments import gateway, processor_account
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor import gateway as demo_gateway
from tests.features.money.payments import description, stand_in_books
from tests.features.money.payments.test_gateways import DemoProcessor, StripeStandIn, an_order

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
needs_description = pytest.mark.skipif(not description.is_there(), reason=description.MISSING)


class DemoBooks(DemoProcessor):
    """Does at the demo card processor what its back office does."""

    def give_back_there(self, session_id, pence):
        with transaction():
            row = demo_gateway.found(session_id, locked=True)
            demo_books.give_back(row, key="office:1", pence=pence, now=clock.now())

    def fail_refund(self, session_id, refund_id):
        with transaction():
            row = demo_gateway.found(session_id, locked=True)
            key = next(k for k in row.refunds if demo_books.refund_id(row.id, k) == refund_id)
            demo_books.fail_refund(row, key=key, now=clock.now())

    def complain(self, session_id):
        with transaction():
            return demo_books.complain(demo_gateway.found(session_id), now=clock.now()).id

    def decide(self, session_id, *, won):
        with transaction():
            demo_books.decide(demo_books.dispute_of(session_id), won=won, now=clock.now())

    def pay_out(self):
        with transaction():
            return demo_books.pay_out(now=clock.now()).id

    def send_back(self, payout_id):
        with transaction():
            payout = demo_books.db.session.get_one(demo_books.DemoPayout, payout_id)
            demo_books.send_back(payout, now=clock.now())


class StripeBooks(StripeStandIn):
    """Does at the stand-in what cardholders and Stripe do."""

    def give_back_there(self, session_id, pence):
        self.stripe.make_refund(self.stripe.sessions[session_id], amount=pence)

    def fail_refund(self, _session_id, refund_id):
        self.stripe.books.came_back(self.stripe.refunds[refund_id])

    def complain(self, session_id):
        return self.stripe.books.complain(self.stripe.sessions[session_id])["id"]

    def decide(self, _session_id, *, won):
        (dispute,) = self.stripe.books.disputes.values()
        self.stripe.books.decide(dispute, "won" if won else "lost")

    def pay_out(self):
        return self.stripe.books.pay_out()["id"]

    def send_back(self, payout_id):
        (payout,) = [p for p in self.stripe.books.payouts if p["id"] == payout_id]
        self.stripe.books.send_back(payout)


@pytest.fixture(params=["demo", "stripe"])
def processor(request):
    if request.param == "demo":
        app = request.getfixturevalue("app")
        made = DemoBooks(app)
    else:
        app = request.getfixturevalue("stripe_app")
        made = StripeBooks(app, request.getfixturevalue("stripe"))
    with app.app_context():
        yield made


@pytest.fixture
def paid(processor):
    """Provide a paid page: its id, and the processor's id of the money."""
    opened = processor.gateway.open_session(an_order())
    processor.pay(opened.id)
    return opened.id, processor.gateway.session(opened.id).money_id


def refund(processor, paid, pence=600):
    return processor.gateway.refund(
        gateway.RefundOrder("our-refund", "refund:our-refund", paid[1], pence)
    )


class TestEveryAccount:
    """The promises of the reading port."""

    def test_a_payout_is_the_sum_of_its_rows(self, processor, paid):
        session = processor.gateway.session(paid[0])
        refund(processor, paid, 100)
        payout_id = processor.pay_out()

        account = processor_account.current()
        (payout,) = account.payouts_since(LONG_AGO)
        rows = [row for row in account.rows_of(payout_id) if row.kind is not RowKind.PAYOUT]

        assert payout == account.payout(payout_id)
        assert (payout.state, payout.automatic, payout.complete) == (PayoutState.PAID, True, True)
        assert sum(row.net_pence for row in rows) == payout.amount_pence
        assert payout.amount_pence == 600 - session.card_fee_pence - 100
        charge = next(row for row in rows if row.kind is RowKind.CHARGE)
        assert (charge.reference, charge.money_id) == ("our-payment", paid[1])
        assert charge.fee_pence == session.card_fee_pence
        back = next(row for row in rows if row.kind is RowKind.REFUND)
        assert back.amount_pence == -100
        assert len({row.id for row in rows}) == len(rows)

    def test_what_is_paid_out_is_no_longer_held(self, processor, paid):
        held = processor_account.current().balance_pence()
        processor.pay_out()

        assert held == 600 - processor.gateway.session(paid[0]).card_fee_pence
        assert processor_account.current().balance_pence() == 0

    def test_a_payout_that_came_back_is_held_again(self, processor, paid):
        held = processor_account.current().balance_pence()
        payout_id = processor.pay_out()
        processor.send_back(payout_id)
        account = processor_account.current()

        assert account.payout(payout_id).state is PayoutState.FAILED
        assert account.balance_pence() == held
        again = processor.pay_out()
        rows = [row for row in account.rows_of(again) if row.kind is not RowKind.PAYOUT]
        assert [(row.kind, row.source_id) for row in rows] == [(RowKind.PAYOUT_FAILURE, payout_id)]

    def test_a_dispute_takes_the_money_and_a_fee_at_once(self, processor, paid):
        dispute_id = processor.complain(paid[0])

        found = processor_account.current().dispute(dispute_id)

        assert (found.state, found.money_id) == (DisputeState.NEEDS_ANSWER, paid[1])
        assert found.amount_pence == 600
        assert found.evidence_due_at > found.opened_at
        (row,) = found.rows
        assert (row.kind, row.amount_pence, row.source_id) == (RowKind.DISPUTE, -600, dispute_id)
        assert row.fee_pence > 0

    def test_a_dispute_that_is_won_brings_the_money_back(self, processor, paid):
        dispute_id = processor.complain(paid[0])
        processor.decide(paid[0], won=True)

        found = processor_account.current().dispute(dispute_id)

        assert found.state is DisputeState.WON
        assert sum(row.amount_pence for row in found.rows) == 0

    def test_a_dispute_that_is_lost_stays_paid(self, processor, paid):
        dispute_id = processor.complain(paid[0])
        processor.decide(paid[0], won=False)

        found = processor_account.current().dispute(dispute_id)

        assert found.state is DisputeState.LOST
        assert [row.amount_pence for row in found.rows] == [-600]

    def test_refunds_made_at_the_processor_itself_are_listed_without_our_reference(
        self, processor, paid
    ):
        ours = refund(processor, paid, 100)
        processor.give_back_there(paid[0], 250)

        found = processor.gateway.refunds_of(paid[1])

        assert [(each.amount_pence, each.reference) for each in found] == [
            (100, "our-refund"),
            (250, ""),
        ]
        assert found[0] == ours
        assert all(each.money_id == paid[1] for each in found)

    def test_a_refund_that_came_back_is_failed(self, processor, paid):
        made = refund(processor, paid)
        processor.fail_refund(paid[0], made.id)

        assert processor.gateway.refund_now(made.id).state is RefundState.FAILED
        (back,) = [
            row
            for row in processor_account.current().rows_of(processor.pay_out())
            if row.kind is RowKind.REFUND_FAILURE
        ]
        assert (back.amount_pence, back.source_id) == (600, made.id)

    def test_messages_come_oldest_first_with_their_objects(self, processor, paid):
        made = refund(processor, paid)
        payout_id = processor.pay_out()

        found = processor_account.current().messages_since(LONG_AGO)

        assert [(each.news, each.object_id) for each in found] == [
            (gateway.News.SESSION, paid[0]),
            (gateway.News.REFUND, made.id),
            (gateway.News.PAYOUT, payout_id),
        ]
        assert all(each.words for each in found)
        assert all(each.at is not None for each in found)

    def test_messages_of_a_dispute_name_it(self, processor, paid):
        dispute_id = processor.complain(paid[0])
        processor.decide(paid[0], won=False)

        found = [
            each.news
            for each in processor_account.current().messages_since(LONG_AGO)
            if each.object_id == dispute_id
        ]

        assert len(found) >= 2  # opened and closed, and where the money goes
        assert set(found) == {gateway.News.DISPUTE}

    def test_nothing_older_than_asked_for_is_listed(self, processor, paid):
        processor.pay_out()
        later = datetime(2100, 1, 1, tzinfo=UTC)
        account = processor_account.current()

        assert account.messages_since(later) == []
        assert account.payouts_since(later) == []

    @pytest.mark.parametrize("kind", ["dispute", "payout"])
    def test_a_thing_of_somebody_else_is_refused(self, processor, kind):
        with pytest.raises(gateway.GatewayRefused):
            getattr(processor_account.current(), kind)("somebody-elses")


@pytest.fixture
def demo(app):
    with app.app_context():
        yield DemoBooks(app)


def test_the_demo_processor_pays_out_last_week_once(demo, app):
    opened = demo.gateway.open_session(an_order())
    demo.pay(opened.id)
    account = processor_account.current()

    assert account.payouts_since(LONG_AGO) == []
    with clock.pretending(clock.now() + timedelta(days=7)):
        (payout,) = account.payouts_since(LONG_AGO)
        assert account.payouts_since(LONG_AGO) == [payout]
    assert payout.amount_pence == 600 - demo_books.card_fee_pence(600)


def test_disputed_money_is_not_given_back_by_the_demo_processor(demo):
    opened = demo.gateway.open_session(an_order())
    demo.pay(opened.id)
    demo.complain(opened.id)

    with pytest.raises(gateway.GatewayRefused, match="disputed"):
        refund(demo, (opened.id, demo.gateway.session(opened.id).money_id))


def test_money_that_was_paid_slowly_goes_back_slowly(demo):
    opened = demo.gateway.open_session(an_order())
    demo.pay_slowly(opened.id)
    with clock.pretending(clock.now() + timedelta(minutes=1)):
        money = demo.gateway.session(opened.id).money_id
        made = refund(demo, (opened.id, money))
        assert made.state is RefundState.PENDING
    with clock.pretending(clock.now() + timedelta(minutes=30)):
        assert demo.gateway.refund_now(made.id).state is RefundState.SUCCEEDED


@needs_description
def test_every_parameter_of_the_lists_is_known_to_stripe():
    from booking.money.payments.stripe_adapter import account as stripe_account

    at = datetime(2026, 6, 1, tzinfo=UTC)
    description.check_query("/v1/payouts", stripe_account.payouts_params(at))
    description.check_query("/v1/balance_transactions", stripe_account.rows_params("po_1"))
    description.check_query("/v1/events", stripe_account.events_params(at))


@needs_description
def test_the_stand_ins_account_answers_as_stripe_describes(stripe_app, stripe):
    with stripe_app.app_context():
        processor = StripeBooks(stripe_app, stripe)
        opened = processor.gateway.open_session(an_order())
        processor.pay(opened.id)
        made = refund(processor, (opened.id, processor.gateway.session(opened.id).money_id), 100)
        processor.fail_refund(opened.id, made.id)
        processor.complain(opened.id)
        processor.decide(opened.id, won=True)
        processor.send_back(processor.pay_out())

    books = stripe.books
    assert {row["type"] for row in books.rows} == {
        "charge",
        "refund",
        "refund_failure",
        "adjustment",
        "payout",
        "payout_failure",
    }
    for row in books.rows:
        description.check_answer("balance_transaction", stand_in_books._plain(row))
    for payout in books.payouts:
        description.check_answer("payout", payout)
    for dispute in books.disputes.values():
        description.check_answer("dispute", dispute)
    for event in books.events:
        description.check_answer("event", event)
    description.check_answer("balance", books._balance())


@pytest.mark.parametrize(
    ("kind", "source", "means"),
    [
        ("charge", {"id": "ch_1"}, RowKind.CHARGE),
        ("payment", {"id": "py_1"}, RowKind.CHARGE),
        ("adjustment", {"id": "dp_1", "object": "dispute"}, RowKind.DISPUTE),
        ("adjustment", {"id": "xx_1", "object": "transfer"}, RowKind.OTHER),
        ("payout_cancel", {"id": "po_1"}, RowKind.PAYOUT_FAILURE),
        ("stripe_fee", None, RowKind.FEE),
        ("topup", None, RowKind.OTHER),
    ],
)
def test_each_type_of_stripes_rows_means_one_thing(stripe_app, stripe, kind, source, means):
    stripe.books.row(kind, -120, source=source)
    with stripe_app.app_context():
        found = list(processor_account.current().rows_of(stripe.books.pay_out()["id"]))

    assert [row.kind for row in found if row.source_id == (source or {"id": ""})["id"]] == [means]


def test_a_list_is_read_to_its_end_page_after_page(stripe_app, stripe):
    for number in range(7):
        stripe.books.row("charge", 100 + number, source={"id": f"ch_{number}"})
    payout = stripe.books.pay_out()
    stripe.calls.clear()

    with stripe_app.app_context():
        rows = list(processor_account.current().rows_of(payout["id"]))

    assert len(rows) == 8
    assert len(stripe.calls) == 4


def test_a_list_that_breaks_off_is_unavailable(stripe_app, stripe):
    for number in range(3):
        stripe.books.row("charge", 100, source={"id": f"ch_{number}"})
    payout = stripe.books.pay_out()
    stripe.faults[:] = [429]

    with stripe_app.app_context(), pytest.raises(gateway.GatewayUnavailable):
        list(processor_account.current().rows_of(payout["id"]))

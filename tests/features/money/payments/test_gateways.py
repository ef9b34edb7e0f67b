"""One contract for three card processors: whatever is behind the port keeps the same promises."""

import json
from datetime import timedelta

import pytest
import stripe as stripe_library

from booking.domain.payment_states import RefundState
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.money.payments import gateway
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.payments.stripe_adapter import gateway as stripe_gateway
from tests.features.money.payments.conftest import WEBHOOK_SECRET
from tests.features.money.payments.invented_processor import gateway as invented_gateway

LATER = timedelta(hours=2)


def an_order(**changes):
    facts = {
        "reference": "our-payment",
        "key": "checkout:our-payment:1",
        "lines": (gateway.OrderLine("Voluntary contribution", 600),),
        "success_url": "https://fairplace.example/paid/our-payment",
        "cancel_url": "https://fairplace.example/paid/our-payment",
        "expires_at": (clock.now() + LATER).replace(microsecond=0),
        "email": "sam.okoro@parents.example",
        "note": "If the event is cancelled, contributions are returned.",
        **changes,
    }
    return gateway.Order(**facts)


class DemoProcessor:
    """Pays and signs at the demo card processor, as its page does."""

    def __init__(self, app):
        self.gateway = app.extensions[gateway.EXTENSION]

    def pay(self, session_id):
        with transaction():
            demo_gateway.pay(row=demo_gateway.found(session_id), now=clock.now())

    def pay_slowly(self, session_id):
        with transaction():
            row = demo_gateway.found(session_id)
            demo_gateway.pay(row=row, now=clock.now(), slowly=True)

    def decline(self, session_id):
        with transaction():
            demo_gateway.decline(row=demo_gateway.found(session_id))

    def message(self, *, live=False, **_facts):
        content = {"id": "evt_1", "news": "session", "object": {"id": "s_1"}}
        return json.dumps(content).encode()

    def signed(self, raw, *, at=None):
        return self.forged(self.gateway.sign(raw, at or clock.now()))

    def forged(self, signature):
        return {demo_gateway.SIGNATURE: signature}


class StripeStandIn:
    """Pays and signs at the stand-in for Stripe."""

    def __init__(self, app, stripe):
        self.gateway, self.stripe = app.extensions[gateway.EXTENSION], stripe

    def pay(self, session_id):
        self.stripe.pay(session_id)

    def pay_slowly(self, session_id):
        self.stripe.pay(session_id, delayed=True)

    def decline(self, session_id):
        self.stripe.decline(session_id)

    def message(self, *, live=False):
        content = {
            "id": "evt_1",
            "object": "event",
            "type": "checkout.session.completed",
            "livemode": live,
            "created": 1_800_000_000,
            "api_version": "2026-10-28.endive",
            "data": {"object": {"id": "s_1", "object": "checkout.session"}},
            "pending_webhooks": 0,
            "request": None,
        }
        return json.dumps(content).encode()

    def signed(self, raw, *, at=None):
        stamp = int((at or clock.now()).timestamp())
        signature = stripe_library.WebhookSignature.generate_signature_header(
            raw.decode(), WEBHOOK_SECRET, stamp
        )
        return self.forged(signature)

    def forged(self, signature):
        return {stripe_gateway.SIGNATURE: signature}


class InventedProcessor:
    """Pays and signs as the invented processor's own servers would."""

    def __init__(self, app):
        self.gateway = app.extensions[gateway.EXTENSION]

    def pay(self, session_id):
        money_id = f"money_{session_id}"
        paid = gateway.SessionState.PAID
        self.gateway.change(session_id, state=paid, money_id=money_id, card_fee_pence=29)

    def pay_slowly(self, session_id):
        self.gateway.change(session_id, state=gateway.SessionState.WAITING)

    def decline(self, session_id):
        self.gateway.change(session_id, declined=True)

    def message(self, *, about="s_1"):
        return json.dumps({"id": "evt_1", "what": "page.settled", "about": about}).encode()

    def signed(self, raw, *, at=None):
        stamp = str(int((at or clock.now()).timestamp()))
        signature = self.gateway.signature(raw, stamp)
        return {invented_gateway.STAMP: stamp, invented_gateway.SIGNATURE: signature}

    def forged(self, signature):
        return {**self.signed(b""), invented_gateway.SIGNATURE: signature}


@pytest.fixture(params=["demo", "stripe", "invented"])
def processor(request):
    if request.param == "demo":
        app = request.getfixturevalue("app")
        made = DemoProcessor(app)
    elif request.param == "invented":
        app = request.getfixturevalue("invented_app")
        made = InventedProcessor(app)
    else:
        app = request.getfixturevalue("stripe_app")
        made = StripeStandIn(app, request.getfixturevalue("stripe"))
    with app.app_context():
        yield made


class TestEveryGateway:
    """The promises of the port."""

    def test_a_page_opens_with_our_reference_and_amount(self, processor):
        opened = processor.gateway.open_session(an_order())

        assert opened.url
        assert opened.state is gateway.SessionState.OPEN
        assert (opened.amount_pence, opened.currency) == (600, "gbp")
        assert (opened.reference, opened.noted_reference) == ("our-payment", "our-payment")
        assert opened.live is False

    def test_the_same_order_again_is_the_same_page(self, processor):
        order = an_order()

        assert processor.gateway.open_session(order).id == processor.gateway.open_session(order).id

    def test_the_same_key_for_another_order_is_refused(self, processor):
        order = an_order()
        processor.gateway.open_session(order)

        with pytest.raises(gateway.KeyUsedDifferently):
            processor.gateway.open_session(an_order(lines=(gateway.OrderLine("Other", 700),)))

    def test_a_paid_page_says_so_and_names_the_money_and_the_fee(self, processor):
        opened = processor.gateway.open_session(an_order())
        processor.pay(opened.id)

        paid = processor.gateway.session(opened.id)

        assert paid.state is gateway.SessionState.PAID
        assert paid.money_id
        assert paid.card_fee_pence > 0

    def test_slow_money_is_not_yet_paid(self, processor):
        opened = processor.gateway.open_session(an_order())
        processor.pay_slowly(opened.id)

        assert processor.gateway.session(opened.id).state is gateway.SessionState.WAITING

    def test_a_declined_card_leaves_the_page_open(self, processor):
        opened = processor.gateway.open_session(an_order())
        processor.decline(opened.id)

        declined = processor.gateway.session(opened.id)

        assert (declined.state, declined.declined) == (gateway.SessionState.OPEN, True)

    def test_an_open_page_can_be_closed(self, processor):
        opened = processor.gateway.open_session(an_order())

        assert processor.gateway.expire(opened.id).state is gateway.SessionState.EXPIRED
        assert processor.gateway.session(opened.id).state is gateway.SessionState.EXPIRED

    def test_a_paid_page_cannot_be_closed(self, processor):
        opened = processor.gateway.open_session(an_order())
        processor.pay(opened.id)

        with pytest.raises(gateway.SessionNotOpen):
            processor.gateway.expire(opened.id)

    def test_a_refund_asked_for_twice_is_one_refund(self, processor):
        opened = processor.gateway.open_session(an_order())
        processor.pay(opened.id)
        money_id = processor.gateway.session(opened.id).money_id
        wanted = gateway.RefundOrder("our-refund", "refund:our-refund", money_id, 600)

        first, second = processor.gateway.refund(wanted), processor.gateway.refund(wanted)

        assert first == second
        assert (first.state, first.amount_pence) == (RefundState.SUCCEEDED, 600)
        assert first.reference == "our-refund"
        assert processor.gateway.refund_now(first.id) == first

    def test_more_than_was_paid_cannot_go_back(self, processor):
        opened = processor.gateway.open_session(an_order())
        processor.pay(opened.id)
        money_id = processor.gateway.session(opened.id).money_id

        with pytest.raises(gateway.GatewayRefused):
            processor.gateway.refund(gateway.RefundOrder("r", "refund:r", money_id, 601))

    def test_a_session_of_somebody_else_is_refused(self, processor):
        with pytest.raises(gateway.GatewayRefused):
            processor.gateway.session("somebody-elses")

    def test_a_signed_message_is_understood(self, processor):
        raw = processor.message()

        heard = processor.gateway.verify_message(raw, processor.signed(raw))

        assert heard == gateway.ProcessorMessage("evt_1", gateway.News.SESSION, "s_1")

    @pytest.mark.parametrize("signature", ["", "t=1,v1=00", "rubbish", "t=x,v1=", "v1=00"])
    def test_a_message_without_a_good_signature_is_refused(self, processor, signature):
        with pytest.raises(gateway.BadSignature):
            processor.gateway.verify_message(processor.message(), processor.forged(signature))

    def test_a_message_changed_on_the_way_is_refused(self, processor):
        raw = processor.message()
        headers = processor.signed(raw)

        with pytest.raises(gateway.BadSignature):
            processor.gateway.verify_message(raw.replace(b"evt_1", b"evt_2"), headers)

    @pytest.mark.parametrize("minutes", [-6, 6])
    def test_an_old_message_and_one_from_the_future_are_refused(self, processor, minutes):
        raw = processor.message()
        headers = processor.signed(raw, at=clock.now() + timedelta(minutes=minutes))

        with pytest.raises(gateway.BadSignature):
            processor.gateway.verify_message(raw, headers)

    @pytest.mark.parametrize("raw", [b"\xff\xfe", b"{}", b"[]", b"not json"])
    def test_bytes_that_are_no_message_are_refused(self, processor, raw):
        headers = processor.signed(b"other bytes" if raw == b"\xff\xfe" else raw)

        with pytest.raises(gateway.BadSignature):
            processor.gateway.verify_message(raw, headers)

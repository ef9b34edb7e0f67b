"""What only Stripe can get wrong: parameters, faults, modes, its own description."""

import jsonschema
import pytest
import stripe as stripe_library
from flask import Flask

from booking.money.payments import gateway
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.payments.stripe_adapter import gateway as stripe_gateway
from tests.features.money.payments import description, stand_in
from tests.features.money.payments.test_gateways import StripeStandIn, an_order

needs_description = pytest.mark.skipif(not description.is_there(), reason=description.MISSING)


@pytest.fixture
def stripe_processor(stripe_app: Flask, stripe):
    with stripe_app.app_context():
        yield StripeStandIn(stripe_app, stripe)


@needs_description
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"email": "", "note": ""},
        {"button": gateway.Button.BOOK},
        {"lines": (gateway.OrderLine("One", 300), gateway.OrderLine("Two", 450))},
    ],
)
def test_every_parameter_of_a_session_is_known_to_stripe(app, changes):
    params = stripe_gateway.session_params(an_order(**changes))

    description.check_request("/v1/checkout/sessions", params)


@needs_description
def test_every_parameter_of_a_refund_is_known_to_stripe():
    params = stripe_gateway.refund_params(gateway.RefundOrder("r", "refund:r", "pi_1", 600))

    description.check_request("/v1/refunds", params)


@needs_description
def test_the_description_notices_a_parameter_that_stripe_dropped(app):
    params = {**stripe_gateway.session_params(an_order()), "payment_method_types": ["card"]}

    with pytest.raises(jsonschema.ValidationError):
        description.check_request("/v1/checkout/sessions", params)


@needs_description
def test_the_stand_in_answers_as_stripe_describes(stripe_processor, stripe):
    opened = stripe_processor.gateway.open_session(an_order())
    stripe.pay(opened.id)
    money_id = stripe_processor.gateway.session(opened.id).money_id
    stripe_processor.gateway.refund(gateway.RefundOrder("r", "refund:r", money_id, 600))

    for session in stripe.sessions.values():
        shown = {key: value for key, value in session.items() if not key.startswith("_")}
        description.check_answer("checkout.session", shown)
        description.check_answer("payment_intent", session["_intent"])
    for refund in stripe.refunds.values():
        description.check_answer("refund", refund)


def test_what_stripe_is_told_of_an_order(stripe_processor, stripe):
    order = an_order()

    stripe_processor.gateway.open_session(order)

    (call,) = stripe.calls
    assert call.params == {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": "gbp",
                    "unit_amount": 600,
                    "product_data": {"name": "Voluntary contribution"},
                },
            }
        ],
        "client_reference_id": "our-payment",
        "metadata": {"payment": "our-payment"},
        "payment_intent_data": {"metadata": {"payment": "our-payment"}},
        "success_url": "https://fairplace.example/paid/our-payment",
        "cancel_url": "https://fairplace.example/paid/our-payment",
        "expires_at": int(order.expires_at.timestamp()),
        "submit_type": "pay",
        "locale": "en-GB",
        "adaptive_pricing": {"enabled": False},
        "customer_email": "sam.okoro@parents.example",
        "custom_text": {
            "submit": {"message": "If the event is cancelled, contributions are returned."}
        },
    }
    assert call.headers["idempotency-key"] == "checkout:our-payment:1"
    assert call.headers["stripe-version"] == "2026-10-28.endive"
    assert "x-stripe-client-telemetry" not in call.headers


def test_the_library_speaks_the_version_that_we_pin():
    assert stripe_library.api_version == stripe_gateway.API_VERSION


def test_a_short_fault_is_tried_again_with_the_same_key(stripe_processor, stripe, monkeypatch):
    monkeypatch.setattr(stripe_library.HTTPClient, "_sleep_time_seconds", lambda *_a, **_k: 0)
    stripe.faults[:] = [500, 409]

    stripe_processor.gateway.open_session(an_order())

    assert [call.headers["idempotency-key"] for call in stripe.calls] == [an_order().key] * 3
    assert len(stripe.sessions) == 1


def test_a_long_fault_of_stripes_own_is_said_to_be_one(stripe_processor, stripe, monkeypatch):
    monkeypatch.setattr(stripe_library.HTTPClient, "_sleep_time_seconds", lambda *_a, **_k: 0)
    stripe.faults[:] = [500, 500, 500]

    with pytest.raises(gateway.GatewayUnavailable) as refused:
        stripe_processor.gateway.open_session(an_order())

    assert refused.value.answered is True


def test_too_many_requests_is_not_tried_again_at_once(stripe_processor, stripe):
    stripe.faults[:] = [429]

    with pytest.raises(gateway.GatewayUnavailable) as refused:
        stripe_processor.gateway.open_session(an_order())

    assert refused.value.answered is False
    assert len(stripe.calls) == 1


def test_nobody_listening_is_unavailable(make_app, monkeypatch):
    monkeypatch.setattr(stripe_library.HTTPClient, "_sleep_time_seconds", lambda *_a, **_k: 0)
    with stand_in.Server() as gone:
        url = gone.url
    nowhere = stripe_gateway.StripeGateway(
        secret_key="sk_test_x", webhook_secrets=("whsec_x",), api_base=url
    )

    with pytest.raises(gateway.GatewayUnavailable) as refused:
        nowhere.session("cs_test_1")

    assert refused.value.answered is False
    nowhere.close()


def test_a_card_fee_that_is_not_known_yet_is_not_zero(stripe_processor, stripe):
    opened = stripe_processor.gateway.open_session(an_order())
    stripe.pay(opened.id, fee=None)

    assert stripe_processor.gateway.session(opened.id).card_fee_pence is None


def test_a_delayed_payment_that_failed_is_failed(stripe_processor, stripe):
    opened = stripe_processor.gateway.open_session(an_order())
    stripe.pay(opened.id, delayed=True)
    stripe.sessions[opened.id]["_intent"]["status"] = "requires_payment_method"

    assert stripe_processor.gateway.session(opened.id).state is gateway.SessionState.FAILED


def test_a_message_of_real_money_is_refused_in_test_mode(stripe_processor):
    raw = stripe_processor.message(live=True)

    with pytest.raises(gateway.BadSignature):
        stripe_processor.gateway.verify_message(raw, stripe_processor.signed(raw))


def test_two_secrets_are_good_while_one_is_being_replaced(stripe_processor):
    raw = stripe_processor.message()
    both = stripe_gateway.StripeGateway(
        secret_key="sk_test_x", webhook_secrets=("whsec_new", "whsec_for_tests_only")
    )

    assert both.verify_message(raw, stripe_processor.signed(raw)).id == "evt_1"


def test_the_settings_choose_the_processor(make_app, stripe):
    app = make_app(
        PAYMENTS="stripe",
        STRIPE_SECRET_KEY="rk_test_x",
        STRIPE_WEBHOOK_SECRET="whsec_a, whsec_b",
        STRIPE_API_BASE=stripe.url,
    )
    chosen = app.extensions[gateway.EXTENSION]

    assert chosen.name == "stripe"
    assert app.test_client().get("/demo-processor/demo_x").status_code == 404
    chosen.close()


def test_the_demo_processor_refuses_production():
    with pytest.raises(demo_gateway.DemoProcessorInProduction):
        demo_gateway.DemoGateway(environment="production", secret="x" * 40)


def test_real_money_goes_to_stripe_itself():
    with pytest.raises(AssertionError):
        stripe_gateway.StripeGateway(
            secret_key="sk_live_x", webhook_secrets=("whsec_x",), api_base="http://127.0.0.1:1"
        )

"""Messages that are not what they claim, and one whose effect fails: nothing is half written."""

import json

import pytest
import stripe as stripe_library
from sqlalchemy import func, select

from booking.domain.charging import FeeKind
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.money.checkout.service import settling
from booking.money.clearing.service import listening
from booking.money.fund.models import Entry
from booking.money.payments.gateway import News
from booking.money.payments.models import Payment, WebhookEvent
from tests.builders import checkout
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.test_settling import message, send
from tests.features.money.payments.conftest import WEBHOOK_SECRET


@pytest.fixture
def paid(processor):
    """Provide the page on which a charge was paid and not settled."""
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    session_id = checkout.begin(family)
    processor.pay(session_id)
    return session_id


def written():
    """Return how many rows there are of everything that a message could write."""
    db.session.rollback()
    tables = (WebhookEvent, Entry, AuditEntry)
    counts = [db.session.scalar(select(func.count()).select_from(table)) for table in tables]
    return [*counts, db.session.scalars(select(Payment.state)).all()]


def signature_of(raw):
    """Return the header that Stripe would put on these bytes now."""
    stamp = int(clock.now().timestamp())
    return stripe_library.WebhookSignature.generate_signature_header(
        raw.decode(), WEBHOOK_SECRET, stamp
    )


def test_a_body_changed_on_the_way_is_refused(stripe_app, paid):
    signature = signature_of(message("cs_test_9999"))
    before = written()

    response = send(stripe_app, message(paid), signature=signature)

    assert (response.status_code, response.text) == (400, "bad signature")
    assert written() == before


@pytest.mark.parametrize(
    "raw", [b"\xff\xfe\x00", b"", b"[]", b"null", b'"text"', b"{}", b'{"id": 1}', b"{not json"]
)
def test_bytes_that_are_no_message_are_refused(stripe_app, paid, raw):
    before = written()

    assert send(stripe_app, raw).status_code == 400
    assert written() == before


def test_a_message_without_a_signature_is_refused(stripe_app, paid):
    before = written()

    response = stripe_app.test_client().post("/webhooks/stripe", data=message(paid), csrf=False)

    assert response.status_code == 400
    assert written() == before


def test_a_message_of_real_money_is_refused_where_money_is_pretend(stripe_app, paid):
    content = json.loads(message(paid))
    before = written()

    assert send(stripe_app, json.dumps({**content, "livemode": True}).encode()).status_code == 400
    assert written() == before


@pytest.mark.parametrize("kind", ["checkout.session.completed", "checkout.session.expired"])
def test_a_page_of_another_shop_on_the_same_account_is_let_pass(processor, stripe_app, paid, kind):
    processor.sessions["cs_other_shop"] = {
        **processor.sessions[paid],
        "id": "cs_other_shop",
        "client_reference_id": None,
        "metadata": {"their_order": "77"},
    }
    before = written()

    response = send(stripe_app, message("cs_other_shop", kind=kind))

    assert (response.status_code, response.text) == (200, "not_ours")
    assert written() == before


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("invoice.paid", "invoice"),
        ("checkout.session.a_type_of_next_year", "checkout.session"),
        ("charge.updated", "charge"),
        ("refund.updated", "refund"),
    ],
)
def test_unknown_types_and_unknown_objects_are_let_pass(stripe_app, paid, kind, thing):
    before = written()

    response = send(stripe_app, message("xx_unknown", kind=kind, thing=thing))

    assert (response.status_code, response.text) == (200, "not_ours")
    assert written() == before


def test_a_message_whose_effect_fails_is_not_remembered_and_comes_again(
    stripe_app, paid, monkeypatch
):
    """Its id is kept in the transaction of its effect: both are there, or neither."""
    stripe_app.config["PROPAGATE_EXCEPTIONS"] = False
    before = written()
    with monkeypatch.context() as broken:
        broken.setattr(settling.mail, "receipt", lambda *_given, **_more: 1 / 0)
        response = send(stripe_app, message(paid))
    assert response.status_code == 503
    assert (written()[:2], written()[3:]) == (before[:2], before[3:])
    assert len(processor_days.problems()) == 1

    assert send(stripe_app, message(paid)).text == "paid"
    assert db.session.scalar(select(func.count()).select_from(WebhookEvent)) == 1
    assert processor_days.problems() == []


def test_messages_to_another_processors_address_are_not_found(stripe_app, paid):
    before = written()
    raw = message(paid)

    response = stripe_app.test_client().post(
        "/webhooks/demo", data=raw, csrf=False, headers={"Stripe-Signature": signature_of(raw)}
    )

    assert response.status_code == 404
    assert written() == before


def test_all_news_but_what_is_not_listened_to_is_acted_on():
    assert set(News) - set(listening.ACTS) == {News.OTHER}


def test_nobody_looks_at_messages_by_get(client):
    assert client.get("/webhooks/stripe").status_code == 405

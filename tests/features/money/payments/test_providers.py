"""Another card processor is one folder and one line: an invented one takes a payment."""

import re
from inspect import signature

import pytest
from sqlalchemy import select

from booking import settings
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.foundation.db import db
from booking.money.fund import queries as fund_queries
from booking.money.payments import gateway, providers
from booking.money.payments.models import Payment
from tests.builders import checkout
from tests.features.money.payments.invented_processor.gateway import SITE
from tests.features.money.payments.test_gateways import InventedProcessor
from tests.features.money.payments.test_settings import LIVE, TEST, check


@pytest.fixture
def family(invented_app):
    """Provide a family with a charge to pay, and let the invented processor take it."""
    with invented_app.app_context():
        made = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
        checkout.answer(made)
        yield made
        db.session.rollback()


def tell(app, raw, headers, *, to="invented"):
    return app.test_client().post(f"/webhooks/{to}", data=raw, csrf=False, headers=headers)


def test_a_payment_is_taken_by_a_processor_that_is_a_folder_and_a_line(invented_app, family):
    processor = InventedProcessor(invented_app)
    client = invented_app.test_client()
    asked = client.get(f"{family.url}/charge")
    left = client.post(f"{family.url}/charge")
    session_id = left.location.removeprefix(f"{SITE}/")

    processor.pay(session_id)
    raw = processor.message(about=session_id)
    heard = tell(invented_app, raw, processor.signed(raw))

    assert f"form-action 'self' {SITE};" in asked.headers["Content-Security-Policy"]
    assert (left.status_code, heard.status_code, heard.text) == (303, 200, "paid")
    db.session.rollback()
    payment = db.session.scalars(select(Payment)).one()
    assert (payment.state.value, payment.session_id) == ("paid", session_id)
    assert payment.lines[0].booking_id == family.booking.id
    assert (
        db.session.get_one(type(family.booking), family.booking.id).state is BookingState.CONFIRMED
    )
    assert sum(fund_queries.held_by_fund("assets:card-clearing").values()) == 600 - 29


@pytest.mark.parametrize("other", ["demo", "stripe", "nobody"])
def test_the_addresses_of_other_processors_are_not_there(invented_app, other):
    processor = InventedProcessor(invented_app)
    raw = processor.message()

    assert tell(invented_app, raw, processor.signed(raw), to=other).status_code == 404
    assert invented_app.test_client().get("/demo-processor/demo_x").status_code == 404


def test_a_forged_message_is_refused(invented_app, family):
    processor = InventedProcessor(invented_app)

    assert tell(invented_app, processor.message(), processor.forged("x")).status_code == 400


def test_a_processor_that_is_not_in_the_table_is_refused():
    with pytest.raises(settings.BadSetting, match="use demo or stripe or none"):
        check({**LIVE, "PAYMENTS": "invented"})


def test_a_processor_refuses_settings_that_are_unsafe_for_it(invented_app):
    with pytest.raises(settings.BadSetting, match="INVENTED_SECRET is empty"):
        check({**LIVE, "PAYMENTS": "invented", "INVENTED_SECRET": ""})


@pytest.mark.parametrize("name", providers.PROVIDERS)
def test_each_folder_has_what_is_asked_of_it(name):
    own, wiring = providers.settings_of(name), providers.wiring_of(name)

    assert list(signature(own.check).parameters) == ["values"]
    assert list(signature(wiring.build).parameters) == ["settings"]
    assert wiring.blueprint is None or wiring.blueprint.name
    assert all(re.fullmatch(rf"{name.upper()}_\w+", each.name) for each in own.SETTINGS)


def test_each_gateway_goes_by_its_name_in_the_table(app, invented_app, make_app):
    others = (make_app(**TEST), make_app(PAYMENTS="none"))
    chosen = {each.config["PAYMENTS"]: each for each in (app, invented_app, *others)}

    names = {name: each.extensions[gateway.EXTENSION].name for name, each in chosen.items()}

    assert names == {name: name for name in providers.PROVIDERS}
    chosen["stripe"].extensions[gateway.EXTENSION].close()

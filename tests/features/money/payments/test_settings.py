"""Real and pretend money never meet: when the application refuses to start, and what it says."""

import base64

import pytest

from booking import settings
from booking.money.payments import gateway
from booking.money.payments.stripe_adapter import gateway as stripe_gateway
from booking.money.payments.stripe_adapter import punctual as stripe_punctual

SECRET = "correct horse battery staple clip"
FIELD_KEY = "k1:" + base64.b64encode(bytes(range(32))).decode()
TEST = {
    "APP_ENV": "testing",
    "PAYMENTS": "stripe",
    "STRIPE_SECRET_KEY": "sk_test_x",
    "STRIPE_WEBHOOK_SECRET": "whsec_x",
}
LIVE = {
    **TEST,
    "APP_ENV": "production",
    "STRIPE_SECRET_KEY": "rk_live_x",
    "SECRET_KEY": SECRET,
    "FIELD_KEY": FIELD_KEY,
    "BASE_URL": "https://bookings.network.example",
    "SMTP_URL": "smtps://mail.network.example",
    "MAIL_FROM": "bookings@aldermere.sch.uk",
    "CONTACT_EMAIL": "hello@aldermere.sch.uk",
}


def check(chosen):
    values = {setting.name: setting.default for setting in settings.SETTINGS}
    settings.check({**values, **chosen})


@pytest.mark.parametrize("good", [TEST, LIVE])
def test_settings_that_belong_together_are_taken(good):
    check(good)


@pytest.mark.parametrize(
    ("good", "changes", "words"),
    [
        (TEST, {"STRIPE_SECRET_KEY": ""}, "STRIPE_SECRET_KEY is empty"),
        (TEST, {"STRIPE_SECRET_KEY": "pk_test_x"}, "is not a secret key"),
        (TEST, {"STRIPE_SECRET_KEY": "x"}, "is not a secret key"),
        (TEST, {"STRIPE_WEBHOOK_SECRET": ""}, "STRIPE_WEBHOOK_SECRET is empty"),
        (TEST, {"STRIPE_WEBHOOK_SECRET": " , "}, "STRIPE_WEBHOOK_SECRET is empty"),
        (TEST, {"STRIPE_SECRET_KEY": "sk_live_x"}, "works only with APP_ENV=production"),
        (TEST, {"STRIPE_SECRET_KEY": "rk_live_x"}, "works only with APP_ENV=production"),
        (LIVE, {"APP_ENV": "development"}, "works only with APP_ENV=production"),
        (LIVE, {"STRIPE_SECRET_KEY": "sk_test_x"}, "is a test key"),
        (LIVE, {"STRIPE_SECRET_KEY": "rk_test_x"}, "is a test key"),
        (LIVE, {"STRIPE_API_BASE": "https://stripe.example"}, "STRIPE_API_BASE must be empty"),
        (LIVE, {"BASE_URL": "http://bookings.network.example"}, "must begin with https://"),
        (LIVE, {"STRIPE_WEBHOOK_SECRET": ""}, "STRIPE_WEBHOOK_SECRET is empty"),
        (LIVE, {"PAYMENTS": "demo"}, "PAYMENTS=demo takes pretend money"),
    ],
)
def test_settings_that_do_not_belong_together_are_refused(good, changes, words):
    with pytest.raises(settings.BadSetting, match=words):
        check({**good, **changes})


def test_the_application_itself_refuses_to_start(make_app):
    with pytest.raises(settings.BadSetting, match="STRIPE_WEBHOOK_SECRET is empty"):
        make_app(**{**TEST, "STRIPE_WEBHOOK_SECRET": ""})


def test_no_refusal_repeats_a_secret():
    with pytest.raises(settings.BadSetting) as refused:
        check({**TEST, "STRIPE_SECRET_KEY": "sk_live_very_secret"})

    assert "very_secret" not in str(refused.value)


def test_a_call_of_the_worker_waits_ten_seconds_and_is_tried_again_twice_at_most(stripe_app):
    made = stripe_app.extensions[gateway.EXTENSION]

    assert (stripe_punctual.CONNECT_S, stripe_punctual.READ_S, stripe_gateway.RETRIES) == (3, 10, 2)
    assert made._http._timeout == (3, 10)
    assert made._client._requestor._options.max_network_retries == 2


@pytest.mark.parametrize("seconds", ["", "0", "eight", "-1", "8s", "0.5", "1e3"])
def test_a_time_that_nobody_would_wait_is_refused(seconds):
    with pytest.raises(settings.BadSetting, match="PROCESSOR_SECONDS is '"):
        check({**TEST, "PROCESSOR_SECONDS": seconds})


def test_every_page_says_that_the_money_is_pretend(make_app):
    app = make_app(**TEST)

    page = app.test_client().get("/").text

    assert "card payments are pretend" in page
    app.extensions[gateway.EXTENSION].close()


def test_the_demonstration_says_so_too(client):
    page = client.get("/").text

    assert "no real money, no real children" in page
    assert "card payments are pretend" not in page

"""The settings that Stripe needs, and those that would mix real and pretend money."""

from collections.abc import Mapping
from typing import Any

from booking.foundation.settings import BadSetting, Setting

SETTINGS = (
    Setting("STRIPE_SECRET_KEY", "", "Stripe's secret or restricted key"),
    Setting("STRIPE_WEBHOOK_SECRET", "", "Stripe's signing secrets for webhooks, comma-separated"),
    Setting("STRIPE_API_BASE", "", "the address of a stand-in for Stripe, in tests only"),
)


def check(values: Mapping[str, Any]) -> None:
    """Refuse a Stripe key, webhook secret or address that does not match the others."""
    key, production = values["STRIPE_SECRET_KEY"], values["APP_ENV"] == "production"
    if not key:
        raise BadSetting("STRIPE_SECRET_KEY is empty; set it or use PAYMENTS=demo.")
    if not key.startswith(("sk_test_", "rk_test_", "sk_live_", "rk_live_")):
        raise BadSetting(
            "STRIPE_SECRET_KEY is not a secret key: use one that begins with rk_ (restricted) "
            "or sk_, and never one that begins with pk_."
        )
    if not any(secret.strip() for secret in values["STRIPE_WEBHOOK_SECRET"].split(",")):
        raise BadSetting("STRIPE_WEBHOOK_SECRET is empty; Stripe's messages could be forged.")
    if key.startswith(("sk_live_", "rk_live_")):
        _check_live(values)
    elif production:
        raise BadSetting(
            "STRIPE_SECRET_KEY is a test key, which takes pretend money; production needs a live "
            "key. Try things out with APP_ENV=development."
        )


def _check_live(values: Mapping[str, Any]) -> None:
    """Refuse real money anywhere except in production, over https, at Stripe itself."""
    if values["APP_ENV"] != "production":
        raise BadSetting("A live Stripe key works only with APP_ENV=production.")
    if values["STRIPE_API_BASE"]:
        raise BadSetting("STRIPE_API_BASE must be empty with a live Stripe key.")
    if not values["BASE_URL"].startswith("https://"):
        raise BadSetting("BASE_URL must begin with https:// with a live Stripe key.")

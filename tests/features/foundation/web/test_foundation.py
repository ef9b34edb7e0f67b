"""What every page shares: the transaction, sessions, throttling, encryption, redirects."""

import base64
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from limits import parse
from sqlalchemy import select, text

from booking import settings
from booking.foundation import tokens
from booking.foundation.db import NestedTransaction, WriteOutsideTransaction, db, transaction
from booking.foundation.encryption import BadFieldKey, CannotDecrypt, FieldKeys
from booking.foundation.web.redirects import is_local_path
from booking.foundation.web.throttle import limiter
from booking.people.schools.models import School

KEY = "a:" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY="
OTHER = "b:" + "ZmVkY2JhWllYV1ZVVFNSUVBPTk1MS0pJSEdGRURDQkE="


def school(slug: str) -> School:
    return School(slug=slug, name=slug, phase="primary", low_year=1, high_year=6)


def slugs() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(School.slug).order_by(School.slug)))


def test_a_transaction_commits_whole(db_session: Any) -> None:
    with transaction() as session:
        session.add_all([school("ashdale"), school("birchwood")])
    assert slugs() == ["ashdale", "birchwood"]


def test_a_transaction_that_fails_leaves_nothing(db_session: Any) -> None:
    def fail_half_way() -> None:
        with transaction() as session:
            session.add(school("ashdale"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert slugs() == []


def test_a_write_outside_a_transaction_is_refused(db_session: Any) -> None:
    db.session.add(school("ashdale"))
    with pytest.raises(WriteOutsideTransaction):
        db.session.flush()


def test_a_transaction_inside_a_transaction_is_refused(db_session: Any) -> None:
    with transaction(), pytest.raises(NestedTransaction), transaction():
        pass


def test_what_was_read_before_is_read_afresh_inside(db_session: Any, app: Flask) -> None:
    with transaction() as session:
        session.add(school("ashdale"))
    mine = db.session.scalars(select(School)).one()
    assert mine.town == ""
    with db.engine.execution_options(writing=True).begin() as elsewhere:
        db.session.rollback()
        elsewhere.execute(text("UPDATE schools SET town = 'Millbrook'"))
    with transaction():
        assert mine.town == "Millbrook"


@pytest.mark.sqlite
def test_sqlite_keeps_its_word(db_session: Any) -> None:
    ask = db.session.connection().exec_driver_sql
    assert ask("PRAGMA foreign_keys").scalar() == 1
    assert ask("PRAGMA synchronous").scalar() == 2


@given(st.text())
def test_what_is_encrypted_comes_back_and_does_not_show(plain: str) -> None:
    keys = FieldKeys()
    keys.configure(KEY)
    stored = keys.encrypt(plain.encode())
    assert keys.decrypt(stored).decode() == plain
    assert keys.encrypt(plain.encode()) != stored


def test_an_old_key_still_reads_and_the_new_one_writes() -> None:
    keys = FieldKeys()
    keys.configure(KEY)
    old = keys.encrypt(b"nut allergy")
    keys.configure(f"{OTHER},{KEY}")
    assert keys.decrypt(old) == b"nut allergy"
    assert keys.encrypt(b"x").startswith("b:")


def test_a_lost_key_and_a_changed_value_are_told_apart_from_text() -> None:
    keys = FieldKeys()
    keys.configure(KEY)
    stored = keys.encrypt(b"nut allergy")
    with pytest.raises(CannotDecrypt):
        keys.decrypt(stored[:-8] + "AAAAAAA=")
    keys.configure(OTHER)
    with pytest.raises(CannotDecrypt):
        keys.decrypt(stored)


@pytest.mark.parametrize("setting", ["", "a:short", "a:!!!", ":QUJD"])
def test_a_bad_field_key_is_refused(setting: str) -> None:
    with pytest.raises(BadFieldKey):
        FieldKeys().configure(setting)


def test_throttle_counts_are_shared_through_the_database(app: Flask, make_app: Any) -> None:
    other = make_app()
    limit = parse("3 per minute")
    with app.app_context():
        assert [limiter().hit(limit, "someone") for _ in range(2)] == [True, True]
    with other.app_context():
        assert [limiter().hit(limit, "someone") for _ in range(2)] == [True, False]
        assert limiter().hit(limit, "someone else")


@pytest.mark.parametrize(
    "target",
    [
        "",
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\\\\evil.example",
        "http:evil.example",
        "/%0a/../\n",
        " /school",
        "///evil.example",
        "evil.example",
        "/ok\r\nSet-Cookie: a=b",
    ],
)
def test_a_redirect_never_leaves_the_site(target: str) -> None:
    assert not is_local_path(target)


@pytest.mark.parametrize("target", ["/", "/school/", "/events/puzzle-day?x=1#places"])
def test_a_local_path_is_followed(target: str) -> None:
    assert is_local_path(target)


def test_tokens_are_long_and_only_their_hash_is_kept() -> None:
    token = tokens.new_token()
    assert len(token) >= 43
    assert tokens.token_hash(token) != token
    assert tokens.new_token() != token


PRODUCTION = {
    "APP_ENV": "production",
    "SECRET_KEY": "correct horse battery staple clip",
    "FIELD_KEY": KEY,
    "BASE_URL": "https://bookings.network.example",
    "PAYMENTS": "stripe",
    "STRIPE_SECRET_KEY": "sk_live_made_up",
    "STRIPE_WEBHOOK_SECRET": "whsec_made_up",
    "SMTP_URL": "smtp://mail.network.example",
    "MAIL_FROM": "Our network <bookings@aldermere.sch.uk>",
    "CONTACT_EMAIL": "hello@aldermere.sch.uk",
}


def test_a_code_for_a_letter_is_by_chance_and_long_enough() -> None:
    """34 bits: ASVS asks for 20; its tries are counted."""
    assert len(tokens.CODE_LETTERS) ** tokens.SECRET_LENGTH > 2**34
    codes = {tokens.code_of(tokens.new_code_mark(), "key")[5:] for _ in range(200)}
    assert len(codes) == 200
    assert {letter for code in codes for letter in code} == {*tokens.CODE_LETTERS, " "}


def test_production_starts_with_safe_settings() -> None:
    assert settings.load(PRODUCTION)["SESSION_COOKIE_SECURE"] is True


def test_production_names_its_cookie_and_debugs_nothing() -> None:
    values = settings.load(PRODUCTION)

    assert values["SESSION_COOKIE_NAME"] == "__Host-sid"
    assert values["TESTING"] is False
    assert not values.get("DEBUG")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SECRET_KEY", settings.DEFAULT_SECRET),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "abcabcabc" * 5),
        ("FIELD_KEY", "a:" + base64.b64encode(b"k" * 32).decode()),
        ("SMTP_URL", "smtp://mail.network.example?tls=optional"),
        ("MAIL_FROM", "Our network <bookings@network.example>"),
        ("CONTACT_EMAIL", "hello@network.example"),
        ("FIELD_KEY", settings.DEFAULT_FIELD_KEY),
        ("BASE_URL", "http://bookings.network.example"),
        ("PAYEE_IBAN", "GB83 WEST 1234 5698 7654 32"),
        ("PAYEE_SORT_CODE", "12-34-56"),
        ("PAYMENTS", "demo"),
        ("PAYMENTS", "iou"),
        ("BASE_URL", "https://bookings.network.example/fairplace"),
        ("BASE_URL", "bookings.network.example"),
        ("MAIL_FROM", settings.DEFAULT_SENDER),
        ("MAIL_FROM", "Our network"),
        ("CONTACT_EMAIL", settings.DEFAULT_CONTACT),
        ("SMTP_URL", ""),
        ("STRIPE_WEBHOOK_SECRET", ""),
        ("STRIPE_SECRET_KEY", ""),
        ("STRIPE_API_BASE", "http://127.0.0.1:1"),
        ("APP_ENV", "staging"),
    ],
)
def test_an_unsafe_setting_stops_the_start(setting: str, value: str) -> None:
    with pytest.raises(settings.BadSetting):
        settings.load({**PRODUCTION, setting: value})


def test_the_pretend_account_is_never_one_of_production() -> None:
    assert settings.load(PRODUCTION)["PAYEE_NAME"] == ""
    assert settings.load({"APP_ENV": "development"})["PAYEE_SORT_CODE"] == "00-00-00"


def test_a_live_key_is_refused_outside_production() -> None:
    with pytest.raises(settings.BadSetting):
        settings.load({**PRODUCTION, "APP_ENV": "development"})

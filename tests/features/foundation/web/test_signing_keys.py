"""The key that signs is replaced, and what the earlier one signed still counts for a while."""

from contextlib import suppress

import pytest
from flask import session
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

from booking import settings
from booking.foundation import tokens
from booking.foundation.settings import BadSetting
from booking.foundation.tables import carried
from booking.money.checkout.service import letters
from booking.people.mail_choices import details as mail_choice_details
from booking.people.mail_choices.models import StoppableMail
from booking.people.pupils.models import ParentLink
from tests.features.upkeep.test_keys import NEW

OLD, NEWER = "an-old-key-of-32-characters-or-so", "a-newer-key-of-32-characters-too"
OWN = {
    "APP_ENV": "production",
    "BASE_URL": "https://bookings.your.network",
    "FIELD_KEY": NEW,
    "MAIL_FROM": "Us <us@your.network>",
    "CONTACT_EMAIL": "us@your.network",
    "PAYMENTS": "none",
    "SMTP_URL": "smtps://mail.your.network",
    "SECRET_KEY": NEWER,
}


def keys(secret, fallbacks=""):
    return settings.load({"SECRET_KEY": secret, "SECRET_KEY_FALLBACKS": fallbacks})["SIGNING_KEYS"]


def test_the_newest_key_signs_and_the_others_follow():
    assert keys("c", "b, a,") == ["a", "b", "c"]
    assert keys("c") == ["c"]


@pytest.mark.parametrize(
    ("sign", "read"),
    [
        (
            lambda keys: mail_choice_details.token("dana", StoppableMail.IDEAS, secret=keys),
            lambda found, keys: mail_choice_details.read(found, secret=keys) is not None,
        ),
        (
            lambda keys: carried.pack("a list", secret=keys, owner="me"),
            lambda found, keys: carried.unpack(found, secret=keys, owner="me") == "a list",
        ),
    ],
    ids=["a link that stops mail", "a list that a page carries"],
)
def test_what_an_earlier_key_signed_counts_until_it_is_taken_out(sign, read):
    found = sign(keys(OLD))

    assert read(found, keys(NEWER, OLD))
    assert read(sign(keys(NEWER, OLD)), keys(NEWER))
    with suppress(carried.ContentTooOld):
        assert not read(found, keys(NEWER))


def test_a_form_that_was_open_meanwhile_is_taken(app, monkeypatch):
    with app.test_request_context():
        monkeypatch.setitem(app.config, "WTF_CSRF_SECRET_KEY", keys(OLD))
        token = generate_csrf()
        monkeypatch.setitem(app.config, "WTF_CSRF_SECRET_KEY", keys(NEWER, OLD))
        validate_csrf(token)
        monkeypatch.setitem(app.config, "WTF_CSRF_SECRET_KEY", keys(NEWER))
        with pytest.raises(ValidationError):
            validate_csrf(token)
        assert session


def test_a_letter_opens_by_its_code_under_an_earlier_key(monkeypatch):
    mark, of_1_0 = tokens.new_code_mark(), "BCDF GHJK"
    kept = [ParentLink(code_hash=mark), ParentLink(code_hash=tokens.code_hash(of_1_0, OLD))]
    monkeypatch.setattr(letters.db.session, "scalars", lambda _asked: kept)

    assert letters._link_of(tokens.code_of(mark, OLD), keys(NEWER, OLD)) is kept[0]
    assert letters._link_of(of_1_0, keys(NEWER, OLD)) is kept[1]
    for code in (tokens.code_of(mark, OLD), of_1_0):
        assert letters._link_of(code, keys(NEWER)) is None


def test_a_fallback_that_is_no_key_stops_a_site_from_starting():
    assert settings.load({**OWN, "SECRET_KEY_FALLBACKS": OLD})["SIGNING_KEYS"] == [OLD, NEWER]
    with pytest.raises(BadSetting, match="SECRET_KEY_FALLBACKS must be keys"):
        settings.load({**OWN, "SECRET_KEY_FALLBACKS": f"{OLD},short"})

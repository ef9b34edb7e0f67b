"""The way of a browser to Google or Microsoft, as the tests' own provider plays them, and back."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.tokens import new_public_id
from booking.people.openid import providers
from booking.people.openid.models import Identity
from tests.builders import schools
from tests.identity_provider import IdentityProvider

GOOGLE, MICROSOFT = "google", "microsoft"


def claims(email: str, kind: str = GOOGLE) -> dict[str, object]:
    """Return what a provider says of somebody whose address it has verified."""
    if kind == MICROSOFT:
        return {"email": email, "xms_edov": True}
    return {"email": email, "email_verified": True, "hd": email.partition("@")[2]}


def set_out(browser: FlaskClient, kind: str = GOOGLE, *, by: str = "", **data: str) -> str:
    """Press a button of ours, and return the provider's page that it leads to."""
    pressed = browser.post(by or f"/sign-in/with/{kind}", data=data)
    assert pressed.status_code == 303, pressed.text
    page = browser.get(pressed.location)
    assert page.status_code == 200, page.text
    return page.headers["Refresh"].removeprefix("0; url=")


def come_back(
    browser: FlaskClient, provider: IdentityProvider, there: str, subject: str
) -> TestResponse:
    """Choose an account on the provider's page, and come back with its answer."""
    return browser.get(provider.chosen(there, subject))


def sign_in(
    browser: FlaskClient,
    provider: IdentityProvider,
    subject: str,
    kind: str = GOOGLE,
    **more: str,
) -> TestResponse:
    """Go all the way there and back."""
    return come_back(browser, provider, set_out(browser, kind, **more), subject)


def keep_identity(email: str) -> str:
    """Link a person's Google account without going there. Return the id of the link."""
    [google, *_] = providers.choices()
    now = clock.now()
    made = Identity(
        person_id=schools.person_of(email).id,
        kind=google.kind,
        issuer=google.issuer,
        subject=new_public_id(),
        linked_at=now,
        used_at=now,
    )
    with transaction():
        db.session.add(made)
        db.session.flush()
        return made.public_id

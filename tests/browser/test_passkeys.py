"""A lead adds a passkey and signs in with it, in a real browser with a device that it pretends."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from tests import cast
from tests.builders import schools
from tests.conftest import Server

#: A device that holds passkeys itself and has just seen its owner's finger.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
EMAIL = "lena@hart.example"


@pytest.fixture
def refused(page: Any) -> Iterator[list[str]]:
    """Gather what the browser complains of; at the end there is nothing."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert not [text for text in said if "Content Security Policy" in text or "Error" in text]


@pytest.fixture
def key(page: Any, refused: list[str]) -> Callable[..., Any]:
    """Give the browser a device for passkeys; what is returned speaks with it."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    id_ = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    return lambda what, **more: cdp.send(f"WebAuthn.{what}", {"authenticatorId": id_, **more})


@pytest.fixture
def lead(live_server: Server) -> None:
    with live_server.app.app_context():
        schools.make_person(name="Lena Hart", email=EMAIL, role=Role.LEAD)


def show_password(page: Any) -> None:
    page.goto("/sign-in")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=password]").fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Any) -> None:
    page.goto("/account/security")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("Work laptop")
    page.get_by_role("button", name="Add this passkey").click()


def sign_out(page: Any) -> None:
    page.get_by_role("button", name="Sign out", exact=True).first.click()
    page.wait_for_url(lambda url: "/admin" not in url)


def test_a_passkey_signs_in_after_the_password_and_alone_and_shows_again_who_it_is(
    page: Any, key: Callable[..., Any], lead: None, time_machine: Any
) -> None:
    show_password(page)
    page.wait_for_url("**/admin/")
    add_passkey(page)
    page.wait_for_url("**/account/security/codes")
    assert page.locator("ol code").count() == 10
    assert page.get_by_role("button", name="Print this page").is_visible()
    page.get_by_role("button", name="I have kept them").click()
    page.wait_for_url("**/admin/")
    sign_out(page)

    show_password(page)
    page.wait_for_url(lambda url: "/sign-in/second" in url)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/")
    sign_out(page)

    page.goto("/sign-in")
    page.get_by_role("link", name="Sign in with a passkey").click()
    assert page.locator("[data-passkey-without]").is_hidden()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/admin/")

    time_machine.move_to(clock.now() + timedelta(minutes=11))
    page.goto("/account/security/app")
    assert page.locator("h1").inner_text() == "Is it still you?"
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="Add an authenticator app").wait_for()
    assert page.url.endswith("/account/security/app")
    [kept] = key("getCredentials")["credentials"]
    assert (kept["rpId"], kept["signCount"]) == ("localhost", 4)


def test_without_finger_face_or_pin_the_page_says_what_to_do(
    page: Any, key: Callable[..., Any], lead: None
) -> None:
    show_password(page)
    page.wait_for_url("**/admin/")
    key("setUserVerified", isUserVerified=False)
    add_passkey(page)

    page.get_by_text("The browser did not give a passkey.").wait_for()
    assert page.get_by_label("What to call it").input_value() == "Work laptop"
    key("setUserVerified", isUserVerified=True)
    page.get_by_role("button", name="Add this passkey").click()
    page.wait_for_url("**/account/security/codes")

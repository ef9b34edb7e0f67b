"""Somebody signs in with the account of their school, in a real browser and at a real provider."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from booking import create_app
from tests import identity_provider
from tests.builders import openid, schools
from tests.conftest import dispose
from tests.databases import TestDatabase
from tests.identity_provider import IdentityProvider

ANN = "coordinator@hollow-lane.example"


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    """Serve the provider."""
    with identity_provider.serving() as provider:
        yield provider


@pytest.fixture
def site(app: Flask, provider: IdentityProvider, test_database: TestDatabase) -> Iterator[str]:
    """Serve the application with both providers set up, and give its address."""
    settings = {"APP_ENV": "testing", "DATABASE_URL": test_database.url, **provider.settings()}
    site = create_app(settings)
    server = make_server("127.0.0.1", 0, site, threaded=True)
    site.config["BASE_URL"] = f"http://localhost:{server.port}"
    with site.app_context():
        schools.make_network(schools=3)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site.config["BASE_URL"]
    server.shutdown()
    thread.join()
    server.server_close()
    dispose(site)


def test_a_coordinator_signs_in_with_google_and_comes_to_the_page_that_was_wanted(
    site: str, provider: IdentityProvider, page: Any
) -> None:
    provider.adds("ann-1", **openid.claims(ANN))
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))

    page.goto(f"{site}/account/details")
    page.get_by_role("button", name="Sign in with Google").click()
    page.wait_for_url(f"{provider.url}/google/authorize**")
    page.get_by_role("button", name="ann-1").click()
    page.wait_for_url(f"{site}/account/details")

    assert page.locator("h1").inner_text() == "Your name and mobile"
    assert not [text for text in refused if "Content Security Policy" in text]
    page.go_back()
    page.wait_for_load_state()
    assert page.url.startswith(provider.url), "Back leads over no page that leads on by itself"

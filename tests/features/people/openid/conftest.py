"""What tests of sign-in with Google and Microsoft share: a real provider on this machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from booking import create_app
from tests import identity_provider
from tests.builders import schools as build
from tests.conftest import dispose, forget
from tests.databases import TestDatabase
from tests.identity_provider import IdentityProvider
from tests.page import CheckedClient


@pytest.fixture(scope="session")
def serving_provider() -> Iterator[IdentityProvider]:
    """Serve one provider for all tests of this worker."""
    with identity_provider.serving() as provider:
        yield provider


@pytest.fixture
def provider(serving_provider: IdentityProvider) -> IdentityProvider:
    """Give the provider as if it were new."""
    serving_provider.forget()
    return serving_provider


@pytest.fixture(scope="session")
def site_of_worker(
    test_database: TestDatabase,
    serving_provider: IdentityProvider,
    tmp_path_factory: pytest.TempPathFactory,
) -> Flask:
    """Build the application once, with both providers set up."""
    erased: Path = tmp_path_factory.mktemp("erased") / "list"
    settings = serving_provider.settings(BASE_URL="http://localhost", ERASED_LIST=str(erased))
    app = create_app({"APP_ENV": "testing", "DATABASE_URL": test_database.url, **settings})
    app.test_client_class = CheckedClient
    return app


@pytest.fixture
def site(app: Flask, provider: IdentityProvider, site_of_worker: Flask) -> Iterator[Flask]:
    """Give the application with both providers, on a clean database with three schools."""
    forget(site_of_worker)
    for client in site_of_worker.extensions["openid"].values():
        client.__init__(client.provider)  # as if it had asked nobody yet
    with site_of_worker.app_context():
        build.make_network(schools=3)
        yield site_of_worker
    dispose(site_of_worker)


@pytest.fixture
def visitor(site: Flask) -> FlaskClient:
    """Give a visitor's browser."""
    return site.test_client()

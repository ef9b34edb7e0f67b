"""The network for these tests, built once for each file, and a browser for everybody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import time_machine as travelling
from flask import Flask

from booking.foundation.db import db
from booking.people.openid import providers
from booking.people.openid.fetching import ProviderClient
from tests import databases
from tests.builders import factors, openid, schools
from tests.conftest import TERM_TIME_MORNING, dispose, forget_erased
from tests.page import CheckedClient
from tests.trust import network as building
from tests.trust.network import ROLES, Network

COOKIE = "sid"
#: Both providers are set up, at an address of this machine where nobody answers.
PROVIDERS = {
    "OPENID_STAND_IN": "http://127.0.0.1:9",
    "GOOGLE_CLIENT_ID": "fairplace-client",
    "GOOGLE_CLIENT_SECRET": "fairplace-client-secret",
    "GOOGLE_DOMAINS": "",
    "MICROSOFT_CLIENT_ID": "fairplace-client",
    "MICROSOFT_CLIENT_SECRET": "fairplace-client-secret",
    "MICROSOFT_TENANT": "72f988bf-86f1-41af-91ab-2d7cd011db47",
}


@dataclass
class World:
    """The application on a network, a browser of each role, and a way back."""

    app: Flask
    network: Network
    browsers: dict[str, CheckedClient]
    database: databases.TestDatabase
    #: Each browser's cookie of the session it began with.
    cookies: dict[str, str]

    def address(self, text: str) -> str:
        """Fill the parts of an address in."""
        return text.format(**self.network.facts)

    def go_back(self) -> None:
        """Undo everything since the network was built."""
        db.session.rollback()
        dispose(self.app)
        self.database.bring_back()
        for role, browser in self.browsers.items():
            browser.delete_cookie(COOKIE)
            if role in self.cookies:
                browser.set_cookie(COOKIE, self.cookies[role])


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Provide a way to have a count printed at the end of the run."""
    return lambda words: record_property("asserted", words)


@pytest.fixture
def back_again(world: World) -> Iterator[None]:
    """Go back after a test that writes."""
    yield
    world.go_back()


@pytest.fixture(scope="session")
def built() -> dict[str, World]:
    """Keep what was built for as long as this worker runs: it is built once."""
    return {}


@pytest.fixture(scope="module")
def world(
    worker_app: Flask, test_database: databases.TestDatabase, built: dict[str, World]
) -> Iterator[World]:
    """Provide the network as it was built; a test that writes goes back afterwards."""
    settings, off = dict(worker_app.config), worker_app.extensions[providers.EXTENSION]
    worker_app.extensions[providers.EXTENSION] = {
        each.kind: ProviderClient(each) for each in providers.of_settings(PROVIDERS)
    }
    with travelling.travel(TERM_TIME_MORNING, tick=True), worker_app.app_context():
        if "world" not in built:
            dispose(worker_app)
            test_database.reset()
            built["world"] = _build(worker_app, test_database)
            db.session.rollback()
            dispose(worker_app)
            test_database.remember()
        forget_erased(worker_app)
        built["world"].go_back()
        yield built["world"]
        db.session.rollback()
    worker_app.extensions[providers.EXTENSION] = off
    worker_app.config.clear()
    worker_app.config.update(settings)


def _build(app: Flask, database: databases.TestDatabase) -> World:
    network = building.build()
    browsers: dict[str, CheckedClient] = {role: app.test_client() for role in ROLES}  # type: ignore[misc]
    for role, email in network.people.items():
        schools.sign_in(browsers[role], email)
    # Only now: from here on, signing in takes a second step.
    network.facts["passkey"] = factors.keep_passkey(network.people["associate"])
    network.facts["identity"] = openid.keep_identity(network.people["associate"])
    cookies = {
        role: found.value
        for role, browser in browsers.items()
        if (found := browser.get_cookie(COOKIE)) is not None
    }
    return World(app, network, browsers, database, cookies)

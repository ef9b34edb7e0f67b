"""Fixtures for every test: the application on a clean database, a client, a clock, a browser.

Time: a test that asks for `app` (or anything built on it) runs on Monday 1 March 2027, 9:30 in
London, in the middle of term. To be at another time, ask for `time_machine` and call
`time_machine.move_to(datetime(2027, 6, 11, 15, 0, tzinfo=LONDON))`; do so before signing in.
"""

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine as travelling
from flask import Flask
from werkzeug.serving import make_server

from tests import databases, loopback, postgres
from tests.builders.past import past

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, scoped_session

    from tests.page import CheckedClient

pytest.register_assert_rewrite("tests.page")

ROOT = Path(__file__).parent.parent
HERE = Path(__file__).parent
LONDON = ZoneInfo("Europe/London")
TERM_TIME_MORNING = datetime(2027, 3, 1, 9, 30, tzinfo=LONDON)
MARKED_FOLDERS = {"browser": "browser", "races": "race"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
#: What a test browser must not do by itself: contact the network.
CHROMIUM_FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)

hypothesis.settings.register_profile(
    "fairplace",
    max_examples=60,  # enough for every change; `HYPOTHESIS_PROFILE=long` tries 2,000
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.register_profile(
    "long", hypothesis.settings.get_profile("fairplace"), max_examples=2000, derandomize=False
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fairplace"))


loopback.stay()
SERVER = pytest.StashKey[str]()


def required(thing: str) -> bool:
    """Return whether this run must not skip tests that need `thing` (postgres, chromium)."""
    return thing in os.environ.get("FAIRPLACE_REQUIRE", "").split(",")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--database`."""
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="run the tests on this engine (PostgreSQL: TEST_POSTGRES_URL or a throw-away cluster)",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for the run, and tell workers its address."""
    worker = getattr(config, "workerinput", None)
    if config.getoption("--database") != "postgresql" or config.option.collectonly:
        config.stash[SERVER] = ""
    elif worker is not None:
        config.stash[SERVER] = worker["postgres_server"]
    else:
        if reason := postgres.missing():
            raise pytest.UsageError(reason)
        stack = ExitStack()
        config.add_cleanup(stack.close)
        url = stack.enter_context(postgres.server())
        config.stash[SERVER] = url.render_as_string(hide_password=False)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist where the run's PostgreSQL is."""
    node.workerinput["postgres_server"] = node.config.stash[SERVER]


def pytest_report_header(config: pytest.Config) -> str:
    """Name the engine in the first lines of the output."""
    return f"database: {config.getoption('--database')}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests say they have counted: `record_property("asserted", "1548 answers")`."""
    for report in terminalreporter.stats.get("passed", ()):
        for name, value in report.user_properties:
            if name == "asserted":
                terminalreporter.write_line(f"asserted: {value}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by folder; skip those for the other engine only."""
    engine = config.getoption("--database")
    for item in items:
        folder = item.path.relative_to(HERE).parts[0] if HERE in item.path.parents else ""
        if folder in MARKED_FOLDERS:
            item.add_marker(MARKED_FOLDERS[folder])
        if engine == "sqlite" and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.skip(reason="runs with --database=postgresql"))
        if engine == "postgresql" and item.get_closest_marker("sqlite"):
            item.add_marker(pytest.mark.skip(reason="runs on SQLite"))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays for the whole run."""
    keep_for_the_run()


def keep_for_the_run() -> None:
    """Spare the collector the objects that are here now, and call it less often.

    Thousands of tests, the application and its mappers never become garbage; walking through them
    again and again took a sixth of the tests' time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def engine_kind(pytestconfig: pytest.Config) -> str:
    """Return "sqlite" or "postgresql"."""
    return str(pytestconfig.getoption("--database"))


@pytest.fixture(scope="session")
def test_database(
    engine_kind: str, pytestconfig: pytest.Config, worker_id: str
) -> Iterator[databases.TestDatabase]:
    """Provide this worker's database."""
    if engine_kind == "sqlite":
        with databases.sqlite() as database:
            yield database
    else:
        with databases.postgresql(pytestconfig.stash[SERVER], worker_id) as database:
            yield database


def _testing_app(url: str, **settings: Any) -> Flask:
    # Here, not above: tests of the domain need none of this, and start at once.
    from booking import create_app
    from tests.page import CheckedClient

    app = create_app({"APP_ENV": "testing", "DATABASE_URL": url, **settings})
    app.test_client_class = CheckedClient
    return app


@pytest.fixture(scope="session")
def worker_app(
    test_database: databases.TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Build the application and the template of the database, once for this worker."""
    erased = tmp_path_factory.mktemp("erased") / "list"
    app = _testing_app(test_database.url, ERASED_LIST=str(erased))
    migrate(app)
    dispose(app)
    trust_connections(app)
    test_database.keep_as_template()
    keep_for_the_run()
    yield app
    dispose(app)


def trust_connections(app: Flask) -> None:
    """Do not ask PostgreSQL before each use of a connection whether it is still there.

    A worker's server does not go away, and whoever replaces a database closes its connections
    first. Tests of outages build an application of their own, which asks as a site does.
    """
    from booking.foundation.db import db

    with app.app_context():
        for engine in db.engines.values():
            engine.pool._pre_ping = False


def migrate(app: Flask, revision: str = "head") -> None:
    """Migrate the application's database to `revision`."""
    import flask_migrate

    if list((ROOT / "migrations" / "versions").glob("0*.py")):
        with app.app_context():
            flask_migrate.upgrade(str(ROOT / "migrations"), revision)


def dispose(app: Flask) -> None:
    """Close the application's connections."""
    from booking.foundation.db import db

    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def clean(app: Flask, database: databases.TestDatabase) -> None:
    """Make the database clean, without closing the application's connections if possible."""
    forget_erased(app)
    if not database.empty():
        dispose(app)
        database.reset()


def forget_erased(app: Flask) -> None:
    """Forget who was erased on request, which is also kept outside of the database."""
    Path(app.config["ERASED_LIST"]).unlink(missing_ok=True)


def forget(app: Flask) -> None:
    """Forget what a process keeps by address or token: another test may meet the same again."""
    from booking.on_the_day.calendars.routes import limits

    app.extensions["remembered"].forget()
    app.extensions["unchanged"].forget()
    app.extensions["throttle_refused"].clear()
    app.extensions.pop("health", None)
    limits._sent.clear()


@pytest.fixture
def term_time(request: pytest.FixtureRequest) -> Iterator[travelling.Traveller | None]:
    """Move to a Monday morning in term; browsers and races keep the real time."""
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("race"):
        yield None  # other processes live now
        return
    with travelling.travel(TERM_TIME_MORNING, tick=True) as traveller:
        yield traveller


class MachineForPasts(travelling.TimeMachineFixture):
    """Stands still as long as builders alone have written, so that they write the same again."""

    def move_to(self, destination: Any, tick: bool | None = None) -> None:
        """Move to a time, which goes on from there once a test itself writes."""
        stands = tick is None and past.now is not None
        super().move_to(destination, tick=False if stands else tick)
        past.clock = self.traveller_obj if stands else None


@pytest.fixture
def time_machine() -> Iterator[MachineForPasts]:
    """Provide a way to be at another time."""
    machine = MachineForPasts()
    yield machine
    past.is_over()
    machine.stop()


@pytest.fixture
def app(
    worker_app: Flask,
    test_database: databases.TestDatabase,
    term_time: travelling.Traveller | None,
    request: pytest.FixtureRequest,
) -> Iterator[Flask]:
    """Provide the application on a clean database; changes to its settings are undone."""
    settings = dict(worker_app.config)
    clean(worker_app, test_database)
    if "monkeypatch" in request.fixturenames or term_time is None:
        past.end()  # what builders call may have been replaced
    elif past.now is not None:
        past.stand_still(term_time, TERM_TIME_MORNING)
    forget(worker_app)
    yield worker_app
    past.is_over()
    worker_app.config.clear()
    worker_app.config.update(settings)
    if "monkeypatch" in request.fixturenames:
        dispose(worker_app)  # nobody knows what became of its connections


@pytest.fixture
def fresh_file(app: Flask, test_database: databases.TestDatabase) -> None:
    """Have a file with no empty pages, which nobody else has open; ask for it before all else."""
    past.end()
    dispose(app)
    test_database.reset()
    past.end()


@pytest.fixture
def make_app(app: Flask, test_database: databases.TestDatabase) -> Iterator[Callable[..., Flask]]:
    """Provide a way to build another application on the same database, with other settings."""
    made = []

    def make(**settings: Any) -> Flask:
        made.append(_testing_app(settings.pop("DATABASE_URL", test_database.url), **settings))
        return made[-1]

    yield make
    for another in made:
        dispose(another)


@pytest.fixture
def client(app: Flask) -> "CheckedClient":
    """Provide a visitor's browser; `app.test_client()` gives another."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def db_session(app: Flask) -> "Iterator[scoped_session[Session]]":
    """Provide the test's own session, for builders and for reading what happened.

    Write inside `with transaction():`, as everything does.
    """
    from booking.foundation.db import db

    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def count_queries(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Give `with count_queries() as queries:`; the list then holds the statements sent inside."""
    from sqlalchemy import event

    from booking.foundation.db import db

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def empty_database(test_database: databases.TestDatabase) -> str:
    """Provide the address of a database with nothing in it, for migrations and restores."""
    return test_database.another()


@dataclass(frozen=True)
class Server:
    """The application, answering on a loopback port."""

    app: Flask
    url: str


@pytest.fixture
def live_server(app: Flask, base_url: str) -> Server:
    """Provide the application behind a real port, on a clean database."""
    app.config["BASE_URL"] = base_url
    return Server(app, base_url)


@pytest.fixture(scope="session")
def base_url(worker_app: Flask) -> Iterator[str]:
    """Serve the application on a free port; `page.goto("/")` begins with this address."""
    server = make_server("127.0.0.1", 0, worker_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the system's Chromium; without one, browser tests are skipped or fail."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        reason = "Chromium is not installed (on Debian: apt-get install chromium)"
        pytest.fail(reason) if required("chromium") else pytest.skip(reason)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root otherwise
    return {**browser_type_launch_args, "executable_path": found, "args": [*CHROMIUM_FLAGS, *root]}


@pytest.fixture
def page(live_server: Server, page: Any) -> Any:
    """Provide a browser's tab, with the application running on a clean database."""
    return page

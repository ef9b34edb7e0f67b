"""The site is served in one way: by the command in the manual, which is what `make demo` runs."""

import os
import re
import runpy
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from gunicorn.config import KNOWN_SETTINGS, Config
from gunicorn.workers.gthread import ThreadWorker

from booking import settings
from booking.foundation.db import db
from booking.foundation.web import patience
from tests.house import tree

COMMAND = "gunicorn wsgi:app"
BIN = Path(sys.executable).parent


@pytest.fixture
def conf():
    return runpy.run_path(str(tree.ROOT / "booking" / "serving.py"))


def test_the_documented_command_is_what_make_demo_runs():
    words = " ".join(tree.document("docs/OPERATIONS.md").split())
    manual = re.findall(r"`(gunicorn [^`]*)`", words)
    demo = re.findall(r"\$\(BIN\)/(gunicorn [^&\\\n]*?) *&", tree.document("Makefile"))
    entry = re.findall(r"`(gunicorn [^`]*)`", tree.document("wsgi.py"))

    assert set(manual) == set(demo) == set(entry) == {COMMAND}


def test_gunicorn_reads_the_same_in_a_checkout(conf):
    door = runpy.run_path(str(tree.ROOT / "gunicorn.conf.py"))

    assert conf.keys() - door.keys() <= {name for name in conf if name.startswith("_")}
    assert (door["preload_app"], door["worker_class"]) == (True, patience.PatientWorker)


def test_gunicorn_takes_every_line(conf):
    known = Config()
    names = {each.name for each in KNOWN_SETTINGS}
    ours = {name: value for name, value in conf.items() if name in names}
    for name, value in ours.items():
        known.set(name, value)

    assert issubclass(known.worker_class, ThreadWorker)
    others = {"Any", "BadSetting", "PatientWorker", "ServerLog", "db", "gc", "settings", "sys"}
    assert {name for name in conf if not name.startswith("_")} - names == others | {"values"}


def test_a_page_that_waits_outlives_neither_its_process_nor_a_deployment(conf):
    waits = int(next(s.default for s in settings.SETTINGS if s.name == "PROCESSOR_SECONDS"))

    assert conf["timeout"] >= 60
    assert conf["graceful_timeout"] > waits
    assert conf["threads"] >= 4


def test_a_bad_setting_is_named_in_one_sentence(monkeypatch):
    monkeypatch.setenv("WEB_THREADS", "four")

    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(tree.ROOT / "booking" / "serving.py"))

    said = "WEB_THREADS is 'four'; use a whole number from 1 up."
    assert ended.value.code == f"Error: Fairplace cannot start. {said}"


def test_requests_are_logged_on_demand_only(conf, monkeypatch):
    monkeypatch.setenv("WEB_ACCESS_LOG", "-")
    asked = runpy.run_path(str(tree.ROOT / "booking" / "serving.py"))

    assert (conf["accesslog"], asked["accesslog"]) == (None, "-")


def test_only_our_own_setting_says_which_proxies_are_believed(conf):
    assert (conf["forwarded_allow_ips"], conf["secure_scheme_headers"]) == ("", {})


def test_a_process_begins_without_the_connections_of_the_one_it_was_forked_from(app, conf):
    with app.app_context():
        inherited = db.engine.pool
        with db.engine.connect():
            conf["post_fork"](SimpleNamespace(app=SimpleNamespace(wsgi=lambda: app)), None)

        assert db.engine.pool is not inherited


def test_another_application_is_served_too(conf):
    other = Flask("other")

    conf["post_fork"](SimpleNamespace(app=SimpleNamespace(wsgi=lambda: other)), None)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("target", ["demo", "run"])
def test_a_port_that_is_taken_is_said_first_in_one_sentence(tmp_path, target):
    database = tmp_path / "not-made.db"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = subprocess.run(
            ["make", "-s", "-o", ".venv/installed", target, f"PORT={port}", f"BIN={BIN}"],
            cwd=tree.ROOT,
            env={"PATH": os.environ["PATH"], "DATABASE_URL": f"sqlite:///{database}"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert said.returncode
    assert said.stdout == f"Port {port} is taken: try make {target} PORT={port + 1}.\n"
    assert not database.exists()

"""The command `fairplace`, and what it says about a driver that was not installed."""

import os
import re
import sys

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo
from gunicorn.config import Config
from sqlalchemy.exc import IntegrityError

from booking import __version__, command, settings
from booking.foundation.settings import BadSetting
from booking.foundation.web import throttle
from tests.house import tree


def test_the_version_is_said_without_looking_at_the_settings(monkeypatch):
    monkeypatch.setenv("APP_ENV", "nonsense")

    said = CliRunner().invoke(command.main, ["--version"])

    assert (said.exit_code, said.output) == (0, f"Fairplace {__version__}\n")


def test_help_names_every_command_and_no_other_application(app):
    said = CliRunner().invoke(command.main, ["--help"], obj=ScriptInfo(create_app=lambda: app))

    assert all(f"\n  {name} " in said.output for name in (*app.cli.commands, "serve", "db"))
    assert "--app" not in said.output


def test_serving_becomes_gunicorn_with_our_configuration(monkeypatch):
    became = []
    monkeypatch.setattr(os, "execv", lambda path, command: became.append((path, command)))

    said = CliRunner().invoke(command.main, ["serve"])

    assert said.exit_code == 0, said.output
    gunicorn = ["-m", "gunicorn", "--config", "python:booking.serving", "booking.wsgi:app"]
    assert became == [(sys.executable, [sys.executable, *gunicorn])]
    assert vars(Config().parser().parse_args(gunicorn[2:]))["config"] == "python:booking.serving"


def test_a_database_that_was_not_upgraded_is_said_in_one_sentence(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    lead = ["people", "create-lead", "--name", "Ada Lead", "--email", "lead@network.example"]

    said = CliRunner().invoke(command.main, lead, obj=ScriptInfo(create_app=lambda: app))

    assert said.exit_code == 1
    assert said.output == "Error: The database is empty. Run `fairplace db upgrade`.\n"


def test_a_fault_of_the_program_is_not_called_one_of_the_database():
    fault = IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed: people.email"))

    assert command._problem(fault) == ""


def test_everybody_may_read_which_version_runs_and_ask_for_it(client):
    page = " ".join(client.get("/about").get_data(as_text=True).split())

    assert f"This site runs on Fairplace {__version__}. It is free software under the" in page
    assert "whoever uses the site may have the program as it runs here" in page


def test_the_changelog_begins_with_this_version():
    [newest, *_older] = re.findall(r"^## (.*)$", tree.document("CHANGELOG.md"), re.MULTILINE)

    assert newest == "Unreleased" if ".dev" in __version__ else newest.startswith(__version__)


@pytest.mark.parametrize(
    ("name", "address", "said"),
    [
        (
            "DATABASE_URL",
            "postgresql+psycopg://fairplace:secret@db.example/fairplace",
            "DATABASE_URL names PostgreSQL, whose driver is not installed: "
            "pip install 'fairplace[postgresql]'.",
        ),
        (
            "QUEUE_URL",
            "mysql://fairplace:secret@db.example/fairplace",
            "QUEUE_URL must begin with sqlite:/// or postgresql+psycopg://.",
        ),
    ],
)
def test_a_database_that_cannot_be_used_is_refused_in_words(monkeypatch, name, address, said):
    monkeypatch.setattr(settings, "find_spec", lambda module: None)

    with pytest.raises(BadSetting) as refused:
        settings.load({"APP_ENV": "testing", name: address})

    assert str(refused.value) == said


def test_redis_without_its_driver_is_refused_in_words(app, monkeypatch):
    monkeypatch.setitem(app.config, "RATE_LIMIT_URL", "redis://cache.example")
    monkeypatch.setattr(throttle, "find_spec", lambda module: None)

    with pytest.raises(BadSetting, match=re.escape("pip install 'fairplace[redis]'")):
        throttle.init_app(app)

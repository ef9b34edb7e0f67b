"""The command `fairplace`: every command of the site, from any folder.

In a checkout, `flask --app wsgi` has the same commands, but for `serve`: there, `gunicorn wsgi:app`
reads the same from `gunicorn.conf.py`.
"""

import os
import sys
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup, ScriptInfo
from sqlalchemy.exc import SQLAlchemyError

from booking import __version__
from booking.foundation import outages, schema

#: What gunicorn is told: how to serve, and what.
GUNICORN = ("--config", "python:booking.serving", "booking.wsgi:app")
FINDING_ONE = {"app", "env_file"}


class Commands(FlaskGroup):
    """The commands; if the database cannot do its part, one sentence says what to do."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options, without those by which Flask finds an application to run."""
        return [each for each in super().get_params(ctx) if each.name not in FINDING_ONE]

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except SQLAlchemyError as error:
            with ctx.ensure_object(ScriptInfo).load_app().app_context():
                problem = _problem(error)
            if not problem:
                raise
            raise click.ClickException(problem) from error


def _problem(error: SQLAlchemyError) -> str:
    """Return what is wrong with the database; "" if the fault is in the program."""
    if schema.lacks_something(error) and (advice := schema.why()):
        return advice
    if outages.is_outage(error):
        return f"The database cannot be used: {outages.cause(error)}"
    return ""


def _application() -> Flask:
    from booking.wsgi import app  # noqa: PLC0415 - builds it, which `--version` does not need

    return app


@click.group(cls=Commands, create_app=_application, add_version_option=False, load_dotenv=False)
@click.version_option(__version__, prog_name="Fairplace", message="%(prog)s %(version)s")
def main() -> None:
    """Run the booking system of a network of schools.

    Settings are read from the environment.
    """


@main.command()
def serve() -> None:
    """Serve the site with gunicorn; settings that begin with WEB_ say how."""
    command = [sys.executable, "-m", "gunicorn", *GUNICORN]
    os.execv(sys.executable, command)  # noqa: S606 - our own command, which becomes gunicorn

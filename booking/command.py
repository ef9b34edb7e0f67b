"""The command `fairplace`: every command of the site, from any folder.

In a checkout, `flask --app wsgi` has the same commands, but for `serve`: there, `gunicorn wsgi:app`
reads the same from `gunicorn.conf.py`.
"""

import os
import sys

import click
from flask import Flask
from flask.cli import FlaskGroup

from booking import __version__

#: What gunicorn is told: how to serve, and what.
GUNICORN = ("--config", "python:booking.serving", "booking.wsgi:app")


def _application() -> Flask:
    from booking.wsgi import app  # noqa: PLC0415 - builds it, which `--version` does not need

    return app


@click.group(cls=FlaskGroup, create_app=_application, add_version_option=False, load_dotenv=False)
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

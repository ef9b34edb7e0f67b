"""The WSGI entry point, for web servers and for commands."""

from click import ClickException
from flask import Flask

from booking import create_app
from booking.foundation.settings import BadSetting
from booking.foundation.web import logs
from booking.upkeep import deployment


def _start() -> Flask:
    made = create_app()
    logs.set_up(made.config)
    deployment.at_start(made)
    return made


try:
    app = _start()
except BadSetting as error:
    # Commands then print this one sentence, and gunicorn ends with it.
    raise ClickException(f"Fairplace cannot start. {error}") from error

"""Commands that fill a database: the demonstration, and a large network for measuring."""

import click
from flask import current_app
from flask.cli import AppGroup

from booking.cli.demo import seeding
from booking.cli.progress import Progress
from booking.cli.scale import scale
from booking.foundation import clock
from booking.foundation.notifications import wake

seed = AppGroup("seed", help="Fill an empty database.")
seed.add_command(scale)


@seed.command("demo")
def demo() -> None:
    """Seed 23 invented schools and a year of their events; keep what is there."""
    if current_app.config["APP_ENV"] == "production":
        raise click.ClickException("The demonstration has no place in production.")
    if seeding.is_seeded():
        print("The database already holds a network, so nothing was changed.")
        return
    print("Seeding the demonstration: a school year, day by day, in about a minute.", flush=True)
    tell = Progress()
    with wake.worker.instead(_nobody):  # the year's mail is kept, not sent
        link = seeding.seed(clock.now(), tell=tell.begin)
    tell.end()
    print(f"Seeded {seeding.summary()}.")
    if link:
        print(f"A parent of two pupils, with three places to pay for together: {link}")


def _nobody() -> None:
    """Do not wake the worker."""

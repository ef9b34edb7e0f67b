"""The command that fills an empty database with a network of any size, for measuring.

Unlike `seed demo`, which plays out a school year by calling the services, this writes rows: a year
of a large network in seconds. Everything that `flask doctor` checks holds.
"""

from datetime import datetime
from random import Random
from time import perf_counter

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import exists, select

from booking.cli import cast
from booking.cli.progress import Progress
from booking.cli.scale.bookings import Naming
from booking.cli.scale.money import Money
from booking.cli.scale.network import add_pupils, make
from booking.cli.scale.programme import Programme
from booking.cli.scale.rows import Rows
from booking.cli.scale.sharing import Shares
from booking.days.events.models import Event
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.people.schools import passwords
from booking.people.schools.models import Person, School

SEED = "fairplace"
ACTION = "seed_scale"
COUNTED = ("schools", "pupils", "events", "places", "bookings", "payments", "entries")


class NotHere(click.ClickException):
    """This database must not be filled with invented rows; the message says why."""


@click.command("scale")
@click.option("--schools", type=click.IntRange(2), default=23, show_default=True)
@click.option("--events", type=click.IntRange(0), default=200, show_default=True)
@click.option("--pupils", type=click.IntRange(0), default=10_000, show_default=True)
@with_appcontext
def scale(schools: int, events: int, pupils: int) -> None:
    """Fill an empty database with a network of any size, for measuring."""
    asked = {"schools": schools, "events": events, "pupils": pupils}
    if _is_there(asked):
        print("This database already holds that network; nothing was changed.")
        return
    hashed = passwords.hashed(cast.PASSWORD).text
    began = perf_counter()
    with transaction() as session:
        rows = Rows(session)
        fill(rows, **asked, password_hash=hashed, now=clock.now())
        audit.note(actor=COMMAND, action=ACTION, about="network", **asked)
    made = rows.counts()
    print(", ".join(f"{made.get(name, 0):,} {name}" for name in COUNTED))
    print(f"in {perf_counter() - began:.1f} s. Sign in as coordinator@<school>.example")


def fill(
    rows: Rows, *, schools: int, events: int, pupils: int, password_hash: str, now: datetime
) -> None:
    """Add a network and its year; the same numbers on the same day give the same rows."""
    rng = Random(SEED)
    network = make(rows, rng, schools=schools, password_hash=password_hash, now=now)
    add_pupils(rows, rng, network, pupils=pupils, now=now)
    shares = Shares(rows, rng, network, now)
    naming, money = Naming(rows, rng, network, now), Money(rows, rng, now)
    money.open_books()
    tell = Progress()
    for number, event in enumerate(Programme(rows, rng, network, now).make(events), start=1):
        tell(f"Writing event {number:,} of {events:,}")
        for held in shares.share(event):
            for booking in naming.name(held):
                money.take_fee(booking)
    tell("Writing the rest")
    rows.finish()
    tell.end()


def _is_there(asked: dict[str, int]) -> bool:
    """Return whether this very network is there. Raises NotHere if rows must not be invented."""
    if current_app.config["APP_ENV"] == "production":
        raise NotHere("APP_ENV is production, where invented rows do not belong.")
    made = db.session.scalar(select(AuditEntry.facts).where(AuditEntry.action == ACTION))
    if made == asked:
        return True
    if made is not None:
        held = ", ".join(f"{count:,} {name}" for name, count in made.items())
        raise NotHere(f"This database holds a network of another size ({held}). Use an empty one.")
    if any(db.session.scalar(select(exists().where(m.id > 0))) for m in (School, Person, Event)):
        raise NotHere("This database already holds a network. Use an empty one.")
    return False

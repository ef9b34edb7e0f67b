"""The stage of one run: a database, mail server, card processor, site, and people to act on it."""

import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask

from bench.chaos import databases, letters, moved, network, outsiders, people, processor, staff
from bench.chaos.browser import TWICE_IN, Tally
from bench.chaos.checking import Found
from bench.chaos.databases import Database, Sqlite
from bench.chaos.faults import Killer
from bench.chaos.freezing import Freezer
from bench.chaos.journal import Journal
from bench.chaos.people import Surroundings
from bench.chaos.processes import Site
from booking.cli.demo.seeding import without_waiting_for_the_disk
from booking.foundation.db import db
from tests.postgres import memory


@dataclass(frozen=True)
class Wanted:
    """What a run is to try."""

    seed: int
    kills: int
    cuts: int
    #: Seconds for each mood of the mail server and of the card processor.
    seconds: float
    #: The guard that is taken away.
    without: str = ""
    nights: bool = True


@dataclass
class Stage:
    """Everything that one run needs."""

    wanted: Wanted
    dice: random.Random
    folder: Path
    database: Database
    #: The application in the driver's own process, for the worker's jobs and for looking.
    app: Flask
    site: Site
    around: Surroundings
    killer: Killer
    #: Only SQLite has a file to freeze.
    freezer: Freezer | None
    began: float = field(default_factory=time.monotonic)
    tried: Counter[str] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)
    #: Until when what families told has been looked for already.
    told_until: float = 0.0

    def say(self, words: str) -> None:
        """Tell whoever waits how far it is."""
        waited = time.monotonic() - self.began
        sys.stderr.write(f"  after {waited:4.0f} s: {words}\n")


def set_up(engine: str, wanted: Wanted, stack: ExitStack) -> Stage:
    """Return the stage of a run, with its database filled and nothing running yet."""
    dice = random.Random(wanted.seed)
    enter = stack.enter_context
    folder = Path(enter(tempfile.TemporaryDirectory(prefix="chaos-", dir=memory())))
    database = enter(databases.opened(engine, folder))
    post_office, smtp_url = enter(letters.serving())
    bank, settings = enter(processor.serving(int(network.BEGINS.timestamp())))
    moved.move(folder, network.BEGINS)
    moved.follow(folder)
    settings["SMTP_URL"] = smtp_url
    app = network.application(database.url, **settings)
    scene = _build(app, engine)
    site = Site(
        folder,
        {
            **settings,
            "DATABASE_URL": database.url,
            "CHAOS_FOLDER": str(folder),
            "CHAOS_WITHOUT": wanted.without,
            "TRUSTED_PROXIES": "1",
        },
    )
    stack.callback(site.stop)
    around = Surroundings(
        site.url,
        scene,
        Tally(),
        Journal(folder / "journal"),
        post_office,
        bank,
        1 if wanted.without == "forms" else TWICE_IN,
    )
    freezer = Freezer(site, database, folder, dice) if isinstance(database, Sqlite) else None
    killer = Killer(site, database, dice)
    return Stage(wanted, dice, folder, database, app, site, around, killer, freezer)


def _build(app: Flask, engine: str) -> network.Scene:
    with app.app_context():
        if engine != "sqlite":
            return network.build(app)
        with without_waiting_for_the_disk():
            scene = network.build(app)
        db.engine.dispose()
        return scene


def everybody(stage: Stage) -> list[people.Person]:
    """Return everybody who acts at once."""
    around, seed = stage.around, stage.wanted.seed
    schools = around.scene.schools
    return [
        *(staff.Coordinator(around, school, seed) for school in schools),
        *(staff.Secretary(around, school, seed) for school in schools[:3]),
        staff.Host(around, "host", seed),
        staff.Decider(around, "treasurer@fairplace.example", seed),
        staff.Decider(around, "lead@fairplace.example", seed),
        *(outsiders.Parent(around, f"parent {number}", seed) for number in range(4)),
        outsiders.Messenger(around, "messenger", seed),
    ]

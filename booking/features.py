"""The application's features, as the steps of its staircase.

To add a feature, add its folder and its name here, with its migration and its permissions. It
provides what it has for others (pages, tasks, panels, checks, jobs …) in its own `wiring.py`.
"""

from importlib import import_module
from itertools import chain

from flask import Flask
from flask_wtf import CSRFProtect

#: Lowest step first. A feature imports from lower steps only, so two on the same step do not know
#: each other. Nothing else depends on this order.
STEPS = (
    ("foundation.web",),
    ("foundation.audit", "foundation.notifications"),
    ("foundation.files",),
    ("people.schools",),
    ("people.pupils", "people.guides", "people.mail_choices", "people.openid", "people.factors"),
    ("days.events",),
    ("days.partners", "days.leading", "days.ideas", "days.looks"),
    ("days.places",),
    ("days.questions", "days.minimum"),
    ("days.seasons",),
    ("days.allocation",),
    ("days.groups", "days.tours"),
    ("money.payments", "money.fund"),
    ("money.checkout", "money.bids", "money.bank", "money.invoices", "money.claims"),
    ("money.clearing", "money.cash", "money.tracing", "money.transfers"),
    (
        "network.meetings",
        "network.circulars",
        "network.outbox",
        "network.overview",
        "network.texts",
        "network.resources",
        "network.colleague_questions",
        "network.directory",
        "network.digest",
    ),
    ("network.colleague_groups", "network.visits"),
    ("on_the_day.rosters",),
    ("on_the_day.closing", "on_the_day.travel"),
    ("on_the_day.day_sheets", "on_the_day.walk_ins"),
    ("on_the_day.calendars", "on_the_day.answers", "on_the_day.glass"),
    ("on_the_day.incidents",),
    ("rights.subjects",),
    ("rights.data_requests",),
    ("upkeep",),
    ("proofs",),
    ("cli",),
)
FEATURES = tuple(chain.from_iterable(STEPS))


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Let each feature add its blueprints and commands, and provide what it has for others."""
    for name in FEATURES:
        import_module(f"booking.{name}.wiring").register(app, csrf)

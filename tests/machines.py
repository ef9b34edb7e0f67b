"""How the state machines are run: the places', the season's and the money's."""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from booking.days.events import refusals as event_refusals
from booking.foundation.chores import Check
from booking.upkeep import doctor
from tests.conftest import dispose

#: What a step may say no to wherever there are events.
EVENT_REFUSALS = (
    event_refusals.EventRefused,
    event_refusals.EventIsOver,
    event_refusals.NotPublished,
)


def checks() -> list[Check]:
    """Return what has to hold after each step.

    Nothing is purged in a machine, and whether a purge came in time is none of its questions.
    """
    return [each for each in doctor.checks() if each.promise != "Nothing is kept too long"]


def remembered(machine: type[RuleBasedStateMachine], app: Any, database: Any, **more: Any) -> type:
    """Return the machine over the network in `database`, which each of its runs begins with."""
    dispose(app)
    database.remember()
    return type(f"{machine.__name__}Here", (machine,), {"app": app, "database": database, **more})


def run(machine: type, *, engine_kind: str, examples: int, steps: int) -> None:
    """Try random runs of a machine: FAIRPLACE_EXAMPLES of them, each of FAIRPLACE_STEPS steps.

    Copying a database for each example takes PostgreSQL ten times as long as SQLite's file, so a
    quarter of the examples are tried there.
    """
    tried = int(os.environ.get("FAIRPLACE_EXAMPLES", examples))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=tried if engine_kind == "sqlite" else max(1, tried // 4),
            stateful_step_count=int(os.environ.get("FAIRPLACE_STEPS", steps)),
            suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no fault of ours
            # To explain a failure, every line would be traced in every run.
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
        ),
    )

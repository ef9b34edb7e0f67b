"""How the state machines for places, seasons and money are run."""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from booking.days.events import refusals as event_refusals
from booking.foundation.chores import Check
from booking.upkeep import doctor
from tests.conftest import dispose

#: Refusals that a step may meet wherever there are events.
EVENT_REFUSALS = (
    event_refusals.EventRefused,
    event_refusals.EventIsOver,
    event_refusals.NotPublished,
)


def checks() -> list[Check]:
    """Return what must hold after each step.

    Nothing is purged in a machine, so it does not ask whether a purge came in time.
    """
    asked = filter(doctor.can_be_asked, doctor.checks())
    return [each for each in asked if each.promise != "Nothing is kept too long"]


def remembered(machine: type[RuleBasedStateMachine], app: Any, database: Any, **more: Any) -> type:
    """Return the machine for the network in `database`; each of its runs begins with that."""
    dispose(app)
    database.remember()
    return type(f"{machine.__name__}Here", (machine,), {"app": app, "database": database, **more})


def run(machine: type, *, engine_kind: str, examples: int, steps: int) -> None:
    """Try random runs of a machine: FAIRPLACE_EXAMPLES of them, each of FAIRPLACE_STEPS steps.

    Copying a database for each example takes PostgreSQL ten times as long as SQLite's file, so a
    quarter of the examples are run there.
    """
    tried = int(os.environ.get("FAIRPLACE_EXAMPLES", examples))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=tried if engine_kind == "sqlite" else max(1, tried // 4),
            stateful_step_count=int(os.environ.get("FAIRPLACE_STEPS", steps)),
            suppress_health_check=[HealthCheck.too_slow],  # a busy computer is not our fault
            # Explaining failures would trace every line in every run.
            phases=[Phase.reuse, Phase.generate, Phase.shrink],
        ),
    )

"""The command that checks everything that must always hold."""

import click
from flask.cli import with_appcontext

from booking.upkeep import doctor as upkeep_doctor


@click.command()
@with_appcontext
def doctor() -> None:
    """Check everything that must always hold; exit with 1 if a check fails. Changes nothing."""
    broken = 0
    for check, problems in upkeep_doctor.examine():
        print(f"{'no' if problems else 'ok':3} {check.promise}")
        for problem in problems:
            print(f"      {problem}")
        broken += bool(problems)
    if broken:
        raise SystemExit(1)

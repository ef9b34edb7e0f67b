"""The command that moves a network from one database to another, and examines what arrived."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import ArgumentError, OperationalError

from booking.cli.progress import Progress
from booking.domain.english import plural
from booking.foundation import outages
from booking.foundation.db import db
from booking.foundation.settings import BadSetting
from booking.upkeep import doctor as upkeep_doctor
from booking.upkeep import moving


@click.command("move-database")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("--json", "as_json", is_flag=True, help="Print what was moved for a program.")
@with_appcontext
def move_database(source: str, target: str, as_json: bool) -> None:
    """Copy everything from one database into another, empty one, and examine it there.

    FROM and TO are addresses like DATABASE_URL. Stop the web server and the worker first; FROM
    stays as it is.
    """
    tell = Progress()
    with _in_words():
        if not moving.exists(source):
            raise click.ClickException("FROM names a file that does not exist.")
        one, other = _on(source), _on(target)
        counts = moving.move(one, other, tell=tell)
    tell.begin("Examining what arrived")
    found = _examined(other, tell)
    known = set(_examined(one, tell)) if found else set()
    tell.end()
    new = [problem for problem in found if problem not in known]
    if as_json:
        print(json.dumps({"rows": counts, "problems": new, "as_before": sorted(known)}, indent=2))
    else:
        _print(counts, new, known)
    if new:
        raise SystemExit(1)


def _print(counts: dict[str, int], new: list[str], known: set[str]) -> None:
    rows = plural(sum(counts.values()), "row")
    print(f"Moved {rows} of {plural(len(counts), 'table')}; each has as many as before.")
    for problem in new:
        print(f"no  {problem}")
    if new:
        print("Go on with the database that you have, and ask for help.")
        return
    for problem in sorted(known):
        print(f"..  as before: {problem}")
    print(
        "The doctor found nothing new in it. Set DATABASE_URL to it, and start the web server and"
    )
    print("the worker. Keep the old database until you have made a copy of the new one.")


def _on(address: str) -> Flask:
    app = current_app.extensions["on_database"](address)
    assert isinstance(app, Flask)
    return app


def _examined(app: Flask, tell: Progress) -> list[str]:
    """Return what the doctor finds wrong in an application's database."""
    with app.app_context():
        examined = upkeep_doctor.examine(tell=tell)
        db.session.rollback()
        db.engine.dispose()
    return [f"{check.promise}: {each}" for check, problems in examined for each in problems]


@contextmanager
def _in_words() -> Iterator[None]:
    """Say in one line what keeps the databases from being moved."""
    try:
        yield
    except (moving.MoveRefused, moving.MoveFailed, BadSetting) as error:
        raise click.ClickException(str(error)) from error
    except ArgumentError as error:
        raise click.ClickException("FROM and TO are addresses, such as sqlite:///path.") from error
    except OperationalError as error:
        said = outages.cause(error)
        raise click.ClickException(f"A database cannot be used: {said}.") from error
    except KeyboardInterrupt as error:
        raise click.ClickException(
            "Interrupted. TO holds nothing; run the same command again when you like."
        ) from error

"""`flask fund`: the ledger as a file, and whether it is sound."""

import json
import os
import sys
import tempfile
from pathlib import Path

import click
from flask.cli import AppGroup

from booking.domain.permissions import COMMAND
from booking.foundation.db import transaction
from booking.money.fund import exports, queries, service

group = AppGroup("fund", help="The ledger: export it, verify it.")


@group.command("export")
@click.option("--format", "name", type=click.Choice(list(exports.BY_NAME)), required=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def export(name: str, output: Path) -> None:
    """Write the whole ledger to a file that only its owner can read, replacing any older one."""
    mark = queries.mark()
    try:
        handle, made = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise click.ClickException(f"Cannot write to {output.parent}: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(exports.BY_NAME[name].pieces(mark))
        Path(made).replace(output)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
    with transaction():
        service.note_export(actor=COMMAND, of="fund export", ending=name)
    click.echo(f"Wrote {mark.entries} entries to {output}.")


@group.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print what was found, for a program.")
def verify(as_json: bool) -> None:
    """Check the entries, hash chain, running balances and closed years; exit 1 if one is wrong."""
    found = service.verify()
    waiting = found.entries - found.sealed
    if as_json:
        told = {"sound": not found.problem, "problem": found.problem, "entries": found.entries}
        click.echo(json.dumps({**told, "sealed": found.sealed, "waiting": waiting}, indent=2))
    elif found.problem:
        click.echo(f"The ledger is broken. {found.problem}", err=True)
    else:
        click.echo(
            f"The ledger is sound: {found.entries} entries balance in every fund; "
            f"{found.sealed} are sealed, {waiting} waiting for the next seal."
        )
    if found.problem:
        sys.exit(1)


@group.command("add-up")
def add_up() -> None:
    """Add the running balances up again from the sealed entries."""
    try:
        with transaction():
            count = service.add_up()
    except service.EntriesBroken as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} running balances have been added up again from the entries.")

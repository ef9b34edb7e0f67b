"""Commands for people who run the site: worker, retention, backup and restore."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from booking import worker
from booking.cli.progress import Progress
from booking.domain.english import plural
from booking.foundation import clock, schema
from booking.foundation.clock import LONDON
from booking.foundation.settings import BadSetting
from booking.upkeep import age, copies, purging
from booking.upkeep import backup as upkeep_backup
from booking.worker.queues import LostQueue

retention = AppGroup("retention", help="Deleting what is no longer needed.")


@click.command("worker")
@with_appcontext
def run_worker() -> None:
    """Run background jobs until stopped; exit with 1 if the queue is lost."""
    try:
        worker.serve(current_app._get_current_object())  # type: ignore[attr-defined]
    except LostQueue as error:
        raise click.ClickException(f"{error}. Start the worker again.") from error


@retention.command("purge")
@click.option("--at", type=click.DateTime(), help="As if it were this time in London.")
@click.option("--json", "as_json", is_flag=True, help="Print how many rows, for a program.")
def purge(at: datetime | None, as_json: bool) -> None:
    """Delete what is no longer needed, by the rules on the privacy page."""
    found = _purge(at.replace(tzinfo=LONDON) if at else None)
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for name, count in found.items():
        print(f"{count:6}  {name}")


def _purge(at: datetime | None = None) -> dict[str, int]:
    """Apply every rule, saying which, and how far it has got."""
    say = Progress()
    try:
        return purging.purge(
            at, tell=lambda name, count: say(f"{name}: {count} so far" if count else name)
        )
    finally:
        say.end()


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--elsewhere", is_flag=True, help="Only write down that another program made one.")
@click.option(
    "--encrypt-to",
    metavar="age1…",
    help="Encrypt it for who has the private key; otherwise as BACKUP_ENCRYPT_TO says.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written, for a program.")
@with_appcontext
def backup(path: Path | None, elsewhere: bool, encrypt_to: str | None, as_json: bool) -> None:
    """Write a copy of the database to PATH, and delete copies there that are too old."""
    if (path is None) != elsewhere:
        raise click.UsageError("Name the file to write, or say --elsewhere.")
    setting = encrypt_to or current_app.config["BACKUP_ENCRYPT_TO"]
    digest = ""
    try:
        if path is not None:
            digest = _back_up(path, age.recipients(setting), as_json=as_json)
            _delete_older(path)
    except (upkeep_backup.BackupFailed, copies.NotDeleted, BadSetting) as error:
        raise click.ClickException(str(error)) from error
    try:
        upkeep_backup.record(clock.now(), path=path, digest=digest)
    except SQLAlchemyError as error:
        kind = type(error).__name__
        click.echo(f"The database could not be told of this copy ({kind}).", err=True)


def _delete_older(path: Path) -> None:
    """Delete the copies beside a new one that are older than the site promises to keep them."""
    days = timedelta(days=int(current_app.config["BACKUP_DAYS"]))
    found = copies.older(path.parent, clock.now() - days)
    old = [copy for copy in found if copy != path]  # however wrong this machine's clock is
    copies.delete(old)
    for copy in old:
        click.echo(f"{copy}: deleted, older than {days.days} days", err=True)


def _back_up(path: Path, encrypt_to: Sequence[str], *, as_json: bool) -> str:
    tell = Progress()
    tell("Copying the database")
    digest = upkeep_backup.backup(path, encrypt_to=encrypt_to)
    tell.end()
    if as_json:
        written = {"path": str(path), "sha256": digest, "bytes": path.stat().st_size}
        print(json.dumps({**written, "encrypted": bool(encrypt_to)}, indent=2))
    else:
        print(f"{path}: {digest}")
    return digest


@click.command("backup-key")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
def backup_key(path: Path) -> None:
    """Write a new private key for encrypted copies to FILE, and print whom to encrypt for."""
    try:
        public = age.write_key(path)
    except age.CannotOpen as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
    print(public)
    click.echo(
        f"Set BACKUP_ENCRYPT_TO to this. Keep {path} in two safe places, neither of them this "
        "server: without it nobody can read a copy.",
        err=True,
    )


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--key",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The private key, if the copy is encrypted.",
)
@with_appcontext
def restore(path: Path, key: Path | None) -> None:
    """Restore the copy at PATH into an empty database."""
    tell = Progress()
    tell("Restoring the copy")
    try:
        upkeep_backup.restore(path, key=key)
    except (upkeep_backup.RestoreRefused, upkeep_backup.BackupFailed) as error:
        raise click.ClickException(str(error)) from error
    finally:
        tell.end()
    then = "`fairplace retention purge` and `fairplace doctor`"
    if advice := schema.problem():
        print(f"Restored. {advice} Then run {then}.")
        return
    gone = sum(_purge().values())
    print(
        f"Restored, and deleted again what was due: {plural(gone, 'row')}. Run `fairplace doctor`."
    )

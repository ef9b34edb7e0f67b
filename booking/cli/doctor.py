"""The command that checks how the site runs, and everything that must always hold."""

import json
from typing import Any

import click
from flask.cli import with_appcontext

from booking.cli.progress import Progress
from booking.domain import english
from booking.foundation import clock
from booking.foundation.chores import Check
from booking.foundation.notifications import sending
from booking.upkeep import doctor as upkeep_doctor
from booking.upkeep import service as upkeep
from booking.upkeep.details import MARKS, Level, Sign

Examined = list[tuple[Check, list[str]]]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print everything for a program.")
@click.option("--mail", is_flag=True, help="If something is wrong, tell the leads, once.")
@with_appcontext
def doctor(as_json: bool, mail: bool) -> None:
    """Check how the site runs and what must always hold; exit with 1 if anything is wrong."""
    signs = upkeep_doctor.signs_and_queue(clock.now())
    readable = all(sign.level is Level.WELL for sign in signs if sign.name == "database")
    tell = Progress()
    examined = upkeep_doctor.examine(tell=tell) if readable else []
    if readable:
        signs.append(upkeep_doctor.keys())
    tell.end()
    (_print_json if as_json else _print_lines)(signs, examined)
    wrong = [*upkeep_doctor.wrong(signs), *_broken(examined)]
    if mail and wrong:
        told = _tell(wrong, signs) if readable else "The leads’ addresses cannot be read."
        click.echo(told, err=True)
    if wrong:
        raise SystemExit(1)


def _print_lines(signs: list[Sign], examined: Examined) -> None:
    for sign in signs:
        print(f"{MARKS[sign.level]:3} {sign.title}. {sign.story}".rstrip())
        if sign.level is not Level.WELL and sign.advice:
            print(f"      {sign.advice}")
    for check, problems in examined:
        print(f"{'no' if problems else 'ok':3} {check.promise}")
        for problem in problems:
            print(f"      {problem}")
    if examined:
        for check in upkeep_doctor.checks():
            if not upkeep_doctor.can_be_asked(check):
                print(f"--  {check.promise}: PostgreSQL looks after its own files")


def _print_json(signs: list[Sign], examined: Examined) -> None:
    found: dict[str, Any] = {
        "signs": [sign.as_json() for sign in signs],
        "checks": [
            {"promise": check.promise, "holds": not problems, "problems": problems}
            for check, problems in examined
        ],
    }
    well = not upkeep_doctor.wrong(signs) and not _broken(examined)
    print(json.dumps({"well": well, **found}, indent=2, ensure_ascii=False))


def _broken(examined: Examined) -> list[Sign]:
    """Return the promises that do not hold as one sign, for mail."""
    broken = [check.promise for check, problems in examined if problems]
    if not broken:
        return []
    title = f"{english.plural(len(broken), 'check', 'checks')} found something wrong"
    advice = "Ask whoever runs the server to run “fairplace doctor”."
    return [Sign("checks", Level.BROKEN, title, "; ".join(broken) + ".", advice)]


def _tell(wrong: list[Sign], signs: list[Sign]) -> str:
    """Write to the leads; send the mail as well if no worker is there to do it."""
    told = upkeep.tell_leads(wrong, examined={sign.name for sign in signs}, now=clock.now())
    alive = any(sign.name == "worker" and sign.level is Level.WELL for sign in signs)
    if told and not alive:
        sending.send_due()
    return f"Wrote to {english.plural(told, 'lead')}." if told else "They have been told already."

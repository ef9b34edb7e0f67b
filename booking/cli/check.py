"""The command that says whether the site is ready for use: one line for each thing."""

import json

import click
from flask.cli import with_appcontext

from booking.foundation import clock
from booking.upkeep import deployment
from booking.upkeep import doctor as upkeep_doctor
from booking.upkeep.details import MARKS, Level, Sign


@click.command()
@click.option(
    "--deploy",
    is_flag=True,
    help="Whether families could use it; asks mail server, DNS.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything for a program.")
@with_appcontext
def check(deploy: bool, as_json: bool) -> None:
    """Check how the site is set up and runs, a line each; exit with 1 if anything is wrong."""
    now = clock.now()
    if deploy:
        signs = [*deployment.with_mail_server(now), *upkeep_doctor.signs(now, for_real=True)]
    else:
        signs = upkeep_doctor.signs_and_queue(now)
    if as_json:
        print(json.dumps([sign.as_json() for sign in signs], indent=2, ensure_ascii=False))
    else:
        for sign in signs:
            print(_line(sign))
    if upkeep_doctor.wrong(signs):
        raise SystemExit(1)


def _line(sign: Sign) -> str:
    said = [f"{sign.title}.", sign.story, sign.advice if sign.level is not Level.WELL else ""]
    return f"{MARKS[sign.level]:3} {' '.join(filter(None, said))}"

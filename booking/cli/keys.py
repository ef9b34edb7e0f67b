"""The commands about the keys that encrypt fields."""

import json

import click
from flask.cli import AppGroup

from booking.cli.progress import Progress
from booking.domain.english import plural
from booking.upkeep import rolling

keys = AppGroup("keys", help="The keys that encrypt fields.")


@keys.command("roll")
@click.option("--json", "as_json", is_flag=True, help="Print what was done, for a program.")
def roll(as_json: bool) -> None:
    """Write everything encrypted anew under the first key in FIELD_KEY, while the site runs.

    Stopped in the middle, it goes on where it was when it is called again.
    """
    tell = Progress()
    rolled = rolling.roll(tell=lambda table, rows: tell(f"{table}: {rows:,} rows"))
    tell.end()
    if as_json:
        print(json.dumps(rolled.as_json(), indent=2))
    else:
        print(f"Wrote {plural(rolled.values, 'value')} anew, under the key '{rolled.key}'.")
    if rolled.unreadable:
        click.echo(
            f"{plural(rolled.unreadable, 'value')} could not be read: is an earlier key missing "
            "in FIELD_KEY? Run `fairplace doctor`.",
            err=True,
        )
        raise SystemExit(1)

"""Command: verify an accepted plan."""

import click
from flask.cli import AppGroup

from booking.days.seasons import queries, service

group = AppGroup("season", help="Verify an accepted season plan.")


@group.command("verify")
@click.argument("slug")
def verify(slug: str) -> None:
    """Check the season plan SLUG and solve it again; exit with 1 when it does not agree."""
    plan = queries.by_slug(slug)
    row = queries.record_of(plan.id) if plan else None
    if plan is None or row is None:
        raise click.ClickException(f"There is no accepted season plan {slug}.")
    found = service.verify(row)
    again = "OR-tools is not installed here, so it was checked but not solved again."
    if not found and service.has_solver():
        found, again = service.recompute(row), "Solved again, it is the same."
    if found:
        raise click.ClickException("\n- ".join(["The plan does NOT agree.", *found]))
    click.echo(
        f"The plan {slug} agrees with its record, its rule, its commitment and the places that "
        f"were given. {again}"
    )

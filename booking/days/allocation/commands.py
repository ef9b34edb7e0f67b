"""Commands: run a round, and verify one."""

import click
from flask.cli import AppGroup

from booking.days.allocation import queries, service
from booking.days.events import queries as event_queries
from booking.days.events.models import Event
from booking.days.places import service as places
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import retrying, transaction

group = AppGroup("allocation", help="Run the round of an event, and verify one.")


def _event(slug: str) -> Event:
    event = event_queries.by_slug(slug)
    if event is None:
        raise click.ClickException(f"There is no event {slug}.")
    return event


@group.command("run")
@click.argument("slug")
def run(slug: str) -> None:
    """Share the places of the event SLUG, once, and tell each school."""

    def unit() -> str:
        with transaction():
            return service.run(actor=COMMAND, now=clock.now(), event=_event(slug)).digest

    try:
        digest = retrying(unit)
    except (service.RoundRefused, places.PlaceRefused) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"The places at {slug} have been shared out. SHA-256 of the record: {digest}")


@group.command("verify")
@click.argument("slug")
def verify(slug: str) -> None:
    """Recompute the round of the event SLUG; exit with 1 when it does not agree."""
    event = _event(slug)
    round_ = queries.round_of(event.id)
    if round_ is None:
        raise click.ClickException(f"The places at {slug} have not been shared out by a round yet.")
    if found := service.verify(round_, event):
        raise click.ClickException("\n- ".join(["The round does NOT agree.", *found]))
    click.echo(
        f"The round of {slug} agrees with its record, its rule, its commitment "
        "and the places that were given."
    )

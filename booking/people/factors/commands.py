"""The command line for second factors: what an operator does when there is no other lead."""

import click
from flask.cli import AppGroup

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.people.factors import refusals, service
from booking.people.schools import queries as school_queries

factors = AppGroup("factors", help="Second factors of people who sign in.")


@factors.command("reset")
@click.argument("email")
@click.option("--reason", required=True, help="How you know that it is really them.")
def reset(email: str, reason: str) -> None:
    """Remove the second factors of EMAIL, who has lost them; tell them and all leads by mail."""
    person = school_queries.person_by_email(email)
    if person is None:
        raise click.ClickException(f"Nobody signs in as {email}.")
    name = person.name
    try:
        with transaction():
            service.reset(actor=COMMAND, now=clock.now(), person=person, reason=reason)
    except refusals.FactorRefused as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} signs in with the password alone now, and can set up a new second factor.")

"""Commands for schools and people: what a network starts with."""

from typing import BinaryIO

import click
from flask.cli import AppGroup

from booking.domain import english
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock, contacts
from booking.foundation.db import transaction
from booking.foundation.notifications import render
from booking.foundation.web import addresses, identity
from booking.people.schools import passwords, queries, service
from booking.people.schools.imports import national_register

schools = AppGroup("schools", help="Schools of the network.")
people = AppGroup("people", help="People of the network.")


@schools.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--urn", multiple=True, help="A reference number; may be given several times.")
@click.option("--town", default="", help="Every open school in this town.")
@click.option("--postcode", default="", help="Every open school whose postcode begins like this.")
@click.option("--dry-run", is_flag=True, help="Show what would change, without writing anything.")
def import_register(
    file: BinaryIO, urn: tuple[str, ...], town: str, postcode: str, dry_run: bool
) -> None:
    """Import schools from the national register FILE, as downloaded."""
    try:
        choice = national_register.choice_of(urns=" ".join(urn), town=town, postcode=postcode)
        if not choice:
            raise click.UsageError("Say which schools: --urn, --town or --postcode.")
        listed = national_register.read(file, choice)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    for found in service.compare(listed):
        why = found.listed.trouble or ", ".join(d.field for d in found.differences)
        click.echo(f"{found.standing:10} {found.listed.urn} {found.listed.name}  {why}".rstrip())
    if dry_run:
        return
    try:
        with transaction():
            counts = service.bring_in(actor=COMMAND, now=clock.now(), listed=listed)
    except service.SchoolRefused as error:
        raise click.ClickException(f"Nothing was written. {error}") from error
    click.echo(", ".join(f"{kind}: {count}" for kind, count in counts.items()))


@people.command("create-lead")
@click.option("--name", required=True, help="The lead's full name.")
@click.option("--email", required=True, help="The address that the lead signs in with.")
@click.option(
    "--password", is_flag=True, help="Ask for a password here instead of printing a link."
)
def create_lead(name: str, email: str, password: bool) -> None:
    """Make the first network lead: print a private link that works for 14 days."""
    try:
        contacts.email_address(email)
    except contacts.NotAnEmail as error:
        raise click.ClickException(str(error)) from error
    if password:
        _create_with_password(name, email)
        return
    try:
        with transaction():
            token = service.invite(
                actor=COMMAND,
                now=clock.now(),
                email=email,
                name=name,
                offers=[service.RoleOffer(Role.LEAD)],
            )
    except (service.InvitationRefused, service.RoleRefused) as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{name} becomes network lead by opening this link (it has also been sent by e-mail):"
    )
    click.echo(render.absolute_url(addresses.INVITATION(token=token)))


@people.command("end-sessions")
@click.option("--email", default="", help="The address that the person signs in with.")
@click.option("--all", "everybody", is_flag=True, help="Everybody's, such as after a theft.")
def end_sessions(email: str, everybody: bool) -> None:
    """Sign a person, or everybody, out of every browser; nobody's account is closed."""
    if bool(email) == everybody:
        raise click.UsageError("Say whose: --email, or --all for everybody.")
    with transaction():
        person = queries.person_by_email(email) if email else None
        if email and person is None:
            raise click.ClickException(f"Nobody signs in as {email}.")
        found = [person] if person else queries.signed_in_somewhere()
        count = sum(
            service.end_other_sessions(actor=COMMAND, now=clock.now(), person=each, keep_session="")
            for each in found
        )
    click.echo(f"Signed out of {english.plural(count, 'browser')}.")


def _create_with_password(name: str, email: str) -> None:
    chosen = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        passwords.check(chosen, about=(identity.facts().name, email, name))
        hashed = passwords.hashed(chosen)
        with transaction():
            now = clock.now()
            known = queries.person_by_email(email)
            person = known or service.add_person(
                actor=COMMAND, now=now, name=name, email=email, password=hashed
            )
            service.grant_role(actor=COMMAND, now=now, person=person, role=Role.LEAD)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} is network lead and signs in as {service.email_key(email)}.")

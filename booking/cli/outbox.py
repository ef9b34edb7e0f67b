"""Commands for mail: send what is due, see what has not gone out, send it once more, and test."""

import json
from collections.abc import Sequence

import click
from flask import current_app
from flask.cli import AppGroup

from booking.domain.english import plural
from booking.foundation import clock, contacts
from booking.foundation.clock import LONDON
from booking.foundation.db import transaction
from booking.foundation.notifications import locks as notification_locks
from booking.foundation.notifications import queries as notification_queries
from booking.foundation.notifications import sending, transports
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications import words as notification_words
from booking.foundation.notifications.queries import Fate
from booking.network.outbox import pages as outbox_pages
from booking.network.outbox import words as outbox_words

outbox = AppGroup("outbox", help="Mail waiting to be sent.")


@outbox.command("send")
def send() -> None:
    """Send the mail that is due."""
    print(f"Sent {sending.send_due()}; {sending.waiting()} waiting.")


@outbox.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list for a program.")
def list_troubled(as_json: bool) -> None:
    """List the mail that is late, failed or refused, and why; addresses are masked."""
    found = notification_queries.troubled(clock.now())
    if as_json:
        print(json.dumps([_facts(fate) for fate in found], indent=2, ensure_ascii=False))
        return
    for fate in found:
        print(_line(fate))
    print(f"{plural(len(found), 'mail')} late, failed or refused.")


def _state(fate: Fate) -> str:
    return "late" if fate.failed_at is None else str(fate.state)


def _facts(fate: Fate) -> dict[str, object]:
    return {
        "id": fate.id,
        "state": _state(fate),
        "since": (fate.failed_at or fate.queued_at).isoformat(),
        "template": fate.template,
        "to": notification_words.masked(fate.recipient),
        "attempts": fate.attempts,
        "error": fate.last_error,
    }


def _line(fate: Fate) -> str:
    since = (fate.failed_at or fate.queued_at).astimezone(LONDON)
    to = notification_words.masked(fate.recipient)
    tries = plural(fate.attempts, "try", "tries")
    why = f": {fate.last_error}" if fate.last_error else ""
    return (
        f"{fate.id:6} {_state(fate):8} {since:%d %b %H:%M}  {fate.template} to {to}, {tries}{why}"
    )


@outbox.command("retry")
@click.argument("ids", metavar="[ID]…", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="All that failed or was refused.")
def retry(ids: Sequence[int], everything: bool) -> None:
    """Send mail once more that failed, was refused or waits: the numbers are those of the list."""
    if bool(ids) == everything:
        raise click.UsageError("Name mails by their numbers, or say --all.")
    with transaction():
        messages = notification_locks.given_up() if everything else notification_locks.named(ids)
        count = notifications.retry(messages, now=clock.now())
    wanted = len(messages) if everything else len(set(ids))
    print(f"{plural(count, 'mail')} in the queue again.")
    if count < wanted:
        raise click.ClickException(
            f"{plural(wanted - count, 'mail')} cannot be sent again: sent already, or no text left."
        )


@outbox.command("preview")
@click.argument("kind", type=click.Choice(sorted(outbox_words.KINDS)), metavar="KIND")
def preview(kind: str) -> None:
    """Print an invented example of a kind of mail: its headers, and its text."""
    found = outbox_pages.example(kind)
    for name, said in found.headers:
        print(f"{name}: {said}")
    print(f"\n{found.text}", end="")


@outbox.command("test")
@click.argument("address")
def send_test(address: str) -> None:
    """Send a test mail to ADDRESS, and say what the mail server answered."""
    try:
        contacts.email_address(address)
        sending.send_test(address)
    except contacts.NotAnEmail as error:
        raise click.ClickException(str(error)) from error
    except (transports.CannotSend, transports.RecipientRefused) as error:
        # This mail has no secrets in it, so the server may be quoted.
        raise click.ClickException(f"{error}. It said: {error.__cause__ or 'nothing'}") from error
    sender = current_app.config["MAIL_FROM"]
    print(f"The mail server has taken it, from {sender}. Look whether it arrives.")

"""`flask payments reconcile`: what the worker does every few minutes, by hand."""

import click
from flask.cli import AppGroup

from booking import clock
from booking.checkout import service

payments = AppGroup("payments", help="Card payments.")


@payments.command("reconcile")
def reconcile() -> None:
    """Ask the bank about open payments and carry out refunds that wait."""
    found = service.settle_open(clock.now())
    refunds = service.execute_refunds(clock.now())
    click.echo(
        f"{found.looked_at} looked at, {found.paid} paid, {found.lapsed} ran out, "
        f"{found.unanswered} without an answer; {refunds} refunds answered."
    )

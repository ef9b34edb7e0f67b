"""`flask payments reconcile`: do by hand what the worker does every few minutes."""

import json
from dataclasses import asdict

import click
from flask.cli import AppGroup

from booking.foundation import clock
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout import service as checkout
from booking.money.clearing import service as clearing
from booking.money.payments import gateway

payments = AppGroup("payments", help="Card payments.")


@payments.command("reconcile")
@click.option("--json", "as_json", is_flag=True, help="Print what was found, for a program.")
def reconcile(as_json: bool) -> None:
    """Ask the card processor about open payments, missed messages, refunds and payouts."""
    now = clock.now()
    found = checkout.settle_open(now)
    refunds = checkout.execute_refunds(now)
    if not as_json:
        click.echo(
            f"{found.looked_at} looked at, {found.paid} paid, {found.lapsed} expired, "
            f"{found.unanswered} unanswered; {refunds} refunds answered."
        )
    try:
        news, posted = clearing.hear_missed(now), clearing.reconcile_payouts(now)
    except (gateway.GatewayUnavailable, gateway.GatewayRefused) as error:
        raise click.ClickException(
            f"The card processor did not answer ({error}). Run this again."
        ) from error
    left = checkout_queries.count_to_explain()
    if as_json:
        told = {**asdict(found), "refunds": refunds, "missed_messages": news, "payouts": posted}
        click.echo(json.dumps({**told, "to_explain": left}, indent=2))
    else:
        click.echo(
            f"{news} missed messages read, {posted} payouts posted; {left} things to explain."
        )

"""Answers to those who ask for seats, and seats given back."""

from collections.abc import Callable
from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.on_the_day.travel import service
from booking.on_the_day.travel.models import SeatShare
from booking.on_the_day.travel.routes.blueprint import (
    givers_school,
    load_share,
    takers_school,
    travel,
)


@travel.post("/school/seats/<public_id>/confirm")
@requires(Action.REQUEST_PLACES, load=load_share, scope=givers_school, name="share")
def confirm(share: SeatShare) -> ResponseReturnValue:
    """Promise the seats."""
    return _act(share, service.confirm, f"{share.school.name} has been told that it has the seats.")


@travel.post("/school/seats/<public_id>/decline")
@requires(Action.REQUEST_PLACES, load=load_share, scope=givers_school, name="share")
def decline(share: SeatShare) -> ResponseReturnValue:
    """Say that there are no seats."""
    return _act(share, service.decline, f"{share.school.name} has been told that it has no seats.")


@travel.post("/school/seats/<public_id>/take-back")
@requires(Action.REQUEST_PLACES, load=load_share, scope=givers_school, name="share")
def take_back(share: SeatShare) -> ResponseReturnValue:
    """Take back what was promised."""
    said = f"The seats are yours again. {share.school.name} has been told."
    return _act(share, service.take_back, said)


@travel.post("/school/seats/<public_id>/give-back")
@requires(Action.REQUEST_PLACES, load=load_share, scope=takers_school, name="share")
def withdraw(share: SeatShare) -> ResponseReturnValue:
    """Give back what was asked for or promised."""
    said = f"The seats are given back. {share.plan.school.name} has been told."
    return _act(share, service.withdraw, said)


@travel.post("/school/seats/<public_id>/read")
@requires(Action.REQUEST_PLACES, load=load_share, scope=takers_school, name="share")
def read_news(share: SeatShare) -> ResponseReturnValue:
    """Note that the school has read what became of its seats."""
    return _act(share, service.read_news, "Thank you.")


def _act(share: SeatShare, work: Callable[..., Any], said: str) -> ResponseReturnValue:
    slug = share.plan.event.slug
    if acts.attempt(
        lambda: work(actor=current_user.actor, now=clock.now(), share=share),
        service.SeatsRefused,
        level="warning",
    ):
        flash(said, "success")
    return redirects.see(url_for("travel.plan", slug=slug))

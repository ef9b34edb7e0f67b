"""The lead's page about partners' calendars: follow one, read it again, stop following it."""

from flask import Blueprint, abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.partners import queries, service, words
from booking.days.partners.forms import PartnerForm
from booking.days.partners.models import PartnerFeed
from booking.domain import permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import ButtonForm

partners = Blueprint("partners", __name__, url_prefix="/admin/partners")


@partners.get("/")
@requires(Action.SEE_NETWORK)
def home() -> str:
    """Show whose calendars are followed, and how reading each went."""
    return _page(PartnerForm())


@partners.post("/")
@requires(Action.RUN_NETWORK)
def follow() -> ResponseReturnValue:
    """Follow another partner's calendar."""
    form = PartnerForm()
    done = form.carry_out(
        lambda: service.follow(
            actor=current_user.actor,
            now=clock.now(),
            name=form.name.data or "",
            url=form.url.data or "",
        ),
        {service.PartnerRefused: ""},
    )
    if done is None:
        return _page(form), 422
    flash(
        f"You are now following {done.result.name}. Its dates will appear within a few minutes.",
        "success",
    )
    return redirects.see(url_for(".home"))


@partners.post("/<public_id>/ask")
@requires(Action.RUN_NETWORK)
def ask(public_id: str) -> ResponseReturnValue:
    """Read a calendar again when the worker next runs."""
    found = _found_or_404(public_id)
    name = found.name
    acts.run(lambda: service.ask_now(actor=current_user.actor, now=clock.now(), feed=found))
    flash(f"We will read {name} again within a few minutes.", "success")
    return redirects.see(url_for(".home"))


@partners.post("/<public_id>/move")
@requires(Action.RUN_NETWORK)
def move(public_id: str) -> ResponseReturnValue:
    """Follow a calendar at the address to which its server sends us."""
    found = _found_or_404(public_id)
    name, to = found.name, request.form.get("to", "")
    if acts.attempt(
        lambda: service.move(actor=current_user.actor, now=clock.now(), feed=found, to=to),
        service.PartnerRefused,
    ):
        flash(
            f"{name} is now followed at its new address. We will read it within a few minutes.",
            "success",
        )
    return redirects.see(url_for(".home"))


@partners.post("/<public_id>/leave")
@requires(Action.RUN_NETWORK)
def leave(public_id: str) -> ResponseReturnValue:
    """Stop following a calendar."""
    found = _found_or_404(public_id)
    name = found.name
    acts.run(lambda: service.leave(actor=current_user.actor, now=clock.now(), feed=found))
    flash(f"You are no longer following {name}, and its dates have been removed.", "success")
    return redirects.see(url_for(".home"))


def _found_or_404(public_id: str) -> PartnerFeed:
    if not ButtonForm().validate_on_submit():
        abort(400)
    found = queries.feed_by_public_id(public_id)
    if found is None:
        abort(404)
    return found


def _page(form: PartnerForm) -> str:
    return render_template(
        "days/partners/home.html",
        form=form,
        feeds=queries.all_feeds(),
        account=words.account,
        unreadable=words.unreadable,
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
    )

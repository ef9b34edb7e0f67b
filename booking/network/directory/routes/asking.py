"""Where a school asks for a link, and says whether it wants whom the lead suggests."""

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.helping import OPEN, LinkState
from booking.domain.moves import MoveNotAllowed
from booking.domain.permissions import Action, Role
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.network.directory import queries, service, words
from booking.network.directory.forms import LinkForm
from booking.network.directory.models import Expertise, HelpLink
from booking.network.directory.refusals import NotListed
from booking.network.directory.routes.blueprint import (
    REFUSALS,
    directory,
    of_a_link,
    of_an_offer,
    to_link,
)
from booking.people.schools import queries as school_queries


@directory.route("/who-can-help/ask", methods=["GET", "POST"])
@requires(Action.SEE_NETWORK_LIFE)
def ask() -> ResponseReturnValue:
    """Ask whoever can help in an area."""
    return _asked(None)


@directory.route("/who-can-help/<public_id>/ask", methods=["GET", "POST"])
@of_an_offer
def ask_somebody(offer: Expertise) -> ResponseReturnValue:
    """Ask for a link to somebody."""
    return _asked(offer)


def _asked(offer: Expertise | None) -> ResponseReturnValue:
    schools = school_queries.schools_by_id(tuple(sorted(current_user.actor.schools())))
    if not schools:
        abort(404)
    form = LinkForm()
    form.offer(schools, offer.areas if offer else queries.areas())
    done = form.carry_out(
        lambda: service.ask(
            actor=current_user.actor,
            now=clock.now(),
            school_id=form.school_id.data,
            offer=offer,
            details=form.asked(),
        ),
        REFUSALS,
    )
    if done:
        flash("Your school has asked. This page says what happens with it.", "success")
        return redirects.see(to_link(done.result))
    return form.page(
        "network/directory/ask.html", offer=offer, at_once=queries.at_once(), words=words
    )


@directory.get("/who-can-help/links/<public_id>")
@of_a_link
def link(link: HelpLink) -> str:
    """Show what a school asked, and how it stands."""
    actor = current_user.actor
    return render_template(
        "network/directory/link.html",
        link=link,
        is_lead=actor.has(Role.LEAD),
        is_own=link.school_id in actor.schools(),
        is_open=link.state in OPEN,
        is_suggested=link.state is LinkState.SUGGESTED,
        words=words,
    )


@directory.post("/who-can-help/links/<public_id>/accept")
@of_a_link
def accept(link: HelpLink) -> ResponseReturnValue:
    """Say that the school wants to be introduced to whom the lead suggests."""
    _for_own_school(link)
    if link.state is not LinkState.SUGGESTED:
        flash("Nobody is suggested now.", "error")
        return redirects.see(to_link(link))
    done = acts.attempt(
        lambda: service.introduce(actor=current_user.actor, now=clock.now(), link=link),
        MoveNotAllowed,
        NotListed,
    )
    if done:
        flash("You are introduced: both of you have a mail.", "success")
    return redirects.see(to_link(link))


@directory.post("/who-can-help/links/<public_id>/somebody-else")
@of_a_link
def somebody_else(link: HelpLink) -> ResponseReturnValue:
    """Say that the school would rather have somebody else."""
    _for_own_school(link)
    done = acts.attempt(
        lambda: service.want_somebody_else(actor=current_user.actor, now=clock.now(), link=link),
        MoveNotAllowed,
    )
    if done:
        flash("The network lead looks again.", "success")
    return redirects.see(to_link(link))


@directory.post("/who-can-help/links/<public_id>/take-back")
@of_a_link
def take_back(link: HelpLink) -> ResponseReturnValue:
    """Take back what the school asked."""
    _for_own_school(link)
    done = acts.attempt(
        lambda: service.take_back(actor=current_user.actor, now=clock.now(), link=link),
        MoveNotAllowed,
    )
    if done:
        flash("It is taken back.", "success")
    return redirects.see(to_link(link))


def _for_own_school(link: HelpLink) -> None:
    if link.school_id not in current_user.actor.schools():
        abort(404)

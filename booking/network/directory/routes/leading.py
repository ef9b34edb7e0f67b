"""The lead's pages: who waits, counts, areas, a choice; suggest, introduce, turn down."""

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.moves import MoveNotAllowed
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.network.directory import queries, service, words
from booking.network.directory.forms import HelpAreaForm, HelpWordForm, SuggestionForm
from booking.network.directory.models import Expertise, HelpArea, HelpLink
from booking.network.directory.refusals import NominationDecided, NotListed
from booking.network.directory.routes.blueprint import (
    REFUSALS,
    lead,
    load_area,
    load_link,
    load_offer,
    to_link,
    to_offer,
    whole_network,
)


@lead.route("/", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def overview() -> ResponseReturnValue:
    """Show who waits, what is asked and offered by area, and the list of areas to add to."""
    form = HelpAreaForm()
    done = form.carry_out(
        lambda: service.add_area(
            actor=current_user.actor, now=clock.now(), name=form.name.data or ""
        ),
        REFUSALS,
    )
    if done:
        flash(f"{done.result.name} is on the list.", "success")
        return redirects.see(url_for(".overview"))
    return form.page(
        "network/directory/lead.html",
        links=queries.to_introduce(),
        waiting=queries.waiting(clock.now()),
        counts=queries.counts(),
        at_once=queries.at_once(),
        words=words,
    )


@lead.post("/areas/<public_id>/remove")
@requires(Action.RUN_NETWORK, load=load_area, scope=whole_network, name="area")
def remove_area(area: HelpArea) -> ResponseReturnValue:
    """Take an area off the list."""
    name = area.name
    retired = acts.run(
        lambda: service.remove_area(actor=current_user.actor, now=clock.now(), area=area)
    )
    stays = f"{name} is retired: what has it keeps it, and nobody chooses it any more."
    flash(stays if retired else f"{name} is deleted.", "success")
    return redirects.see(url_for(".overview"))


@lead.post("/introductions")
@requires(Action.RUN_NETWORK)
def choose() -> ResponseReturnValue:
    """Say whether schools are introduced at once."""
    at_once = request.form.get("at_once") == "yes"
    acts.run(lambda: service.choose(actor=current_user.actor, now=clock.now(), at_once=at_once))
    flash("Saved.", "success")
    return redirects.see(url_for(".overview"))


@lead.post("/offers/<public_id>/confirm")
@requires(Action.RUN_NETWORK, load=load_offer, scope=whole_network, name="offer")
def confirm(offer: Expertise) -> ResponseReturnValue:
    """Confirm somebody without a school, or a head; or say no."""
    done = acts.attempt(
        lambda: service.decide_as_lead(
            actor=current_user.actor,
            now=clock.now(),
            offer=offer,
            said_yes=request.form.get("say") == "yes",
        ),
        NominationDecided,
    )
    if done:
        flash("Saved, and whoever offers it is told.", "success")
    return redirects.see(to_offer(offer))


@lead.route("/offers/<public_id>/take-off", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_offer, scope=whole_network, name="offer")
def take_off(offer: Expertise) -> ResponseReturnValue:
    """Take an offer off the directory, with a reason."""
    form = HelpWordForm()
    if form.carry_out(
        lambda: service.withdraw(
            actor=current_user.actor, now=clock.now(), offer=offer, reason=form.word.data or ""
        ),
        REFUSALS,
    ):
        flash("It is taken off, and whoever offered it is told why.", "success")
        return redirects.see(to_offer(offer))
    return form.page(
        "network/directory/word.html",
        title="Take this offer off the directory?",
        about=offer.person.name,
        button="Take it off",
        reader="Whoever offered it reads this.",
        back=to_offer(offer),
    )


@lead.route("/links/<public_id>/suggest", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_link, scope=whole_network, name="link")
def suggest(link: HelpLink) -> ResponseReturnValue:
    """Suggest somebody to a school."""
    found = queries.suggestable(link.area_id, not_of=link.school_id)
    form = SuggestionForm()
    form.offer.choices = [(o.public_id, f"{o.person.name}, {words.school(o)}") for o in found]
    by_id = {each.public_id: each for each in found}
    if form.carry_out(
        lambda: service.suggest(
            actor=current_user.actor,
            now=clock.now(),
            link=link,
            offer=by_id[form.offer.data],
            word=form.word.data or "",
        ),
        REFUSALS,
    ):
        flash("The school is told, and says whether it would like to be introduced.", "success")
        return redirects.see(to_link(link))
    return form.page("network/directory/suggest.html", link=link, found=found)


@lead.post("/links/<public_id>/introduce")
@requires(Action.RUN_NETWORK, load=load_link, scope=whole_network, name="link")
def introduce(link: HelpLink) -> ResponseReturnValue:
    """Introduce both sides, and step back."""
    done = acts.attempt(
        lambda: service.introduce(actor=current_user.actor, now=clock.now(), link=link),
        MoveNotAllowed,
        NotListed,
    )
    if done:
        flash("Both have a mail with the other’s address. The rest is theirs.", "success")
    return redirects.see(to_link(link))


@lead.route("/links/<public_id>/turn-down", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_link, scope=whole_network, name="link")
def turn_down(link: HelpLink) -> ResponseReturnValue:
    """Turn a wish down, with a reason."""
    form = HelpWordForm()
    if form.carry_out(
        lambda: service.turn_down(
            actor=current_user.actor, now=clock.now(), link=link, word=form.word.data or ""
        ),
        REFUSALS,
    ):
        flash("It is turned down, and the school is told why.", "success")
        return redirects.see(to_link(link))
    return form.page(
        "network/directory/word.html",
        title="Turn this wish down?",
        about=f"{link.school.name}: {link.area.name}",
        button="Turn it down",
        reader="The school reads this.",
        back=to_link(link),
    )

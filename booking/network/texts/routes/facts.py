"""Where the lead says what the network is called, and gives it a mark."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, identity, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.network.texts import locks, pages, queries, service, words
from booking.network.texts.forms import FactsForm, LogoForm, filled
from booking.network.texts.routes.blueprints import REFUSALS, texts


@texts.route("/facts", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def facts() -> ResponseReturnValue:
    """Ask for the network's name, colour and contact, and who does what for it."""
    form = editing(
        lambda: FactsForm(data=filled(queries.stored_facts())),
        changed_by=("keep_facts",),
        lock=locks.facts,
    )
    done = form.carry_out(
        lambda: service.keep_facts(
            actor=current_user.actor, now=clock.now(), details=form.details()
        ),
        REFUSALS,
    )
    if done:
        flash("Saved. Every page and mail says so from now on.", "success")
        return redirects.see(url_for(".listing"))
    return form.page(
        "network/texts/facts.html",
        hints=words.HINTS,
        of_settings=pages.of_settings(),
    )


@texts.route("/logo", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def logo() -> ResponseReturnValue:
    """Choose a picture as the network's mark."""
    mark = identity.facts().mark
    form = LogoForm()
    done = form.carry_out(
        lambda: service.keep_logo(
            actor=current_user.actor, now=clock.now(), logo=form.logo, alt=form.alt.data or ""
        ),
        REFUSALS,
    )
    if done:
        flash("The picture stands beside the name on every page from now on.", "success")
        return redirects.see(url_for(".listing"))
    return form.page("network/texts/logo.html", mark=mark)


@texts.post("/logo/remove")
@requires(Action.RUN_NETWORK)
def remove_logo() -> ResponseReturnValue:
    """Return to the mark of Fairplace."""
    acts.run(lambda: service.remove_logo(actor=current_user.actor, now=clock.now()))
    flash("The picture has been removed.", "success")
    return redirects.see(url_for(".listing"))

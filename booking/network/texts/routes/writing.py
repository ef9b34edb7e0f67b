"""Where the lead writes the network's texts: a list, a form with a preview."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import permissions
from booking.domain.own_texts import FACTS, TABLES, TextKey
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.network.texts import locks, pages, queries, service, words
from booking.network.texts.forms import TextForm
from booking.network.texts.pages import ShownText
from booking.network.texts.refusals import TextRefused
from booking.network.texts.routes.blueprints import REFUSALS, of_a_text, texts


@texts.get("/")
@requires(Action.SEE_NETWORK)
def listing() -> str:
    """List the texts, and what the network says about itself."""
    return render_template(
        "network/texts/listing.html",
        names=words.NAMES,
        standing=queries.all_newest(),
        lacking=pages.missing(),
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
    )


@texts.route("/<key>", methods=["GET", "POST"])
@of_a_text(Action.RUN_NETWORK)
def write(key: TextKey) -> ResponseReturnValue:
    """Write a text; one of the form's two buttons shows it as a page and keeps nothing."""
    form = editing(
        lambda: TextForm(data={"text": pages.source(key)}),
        changed_by=("change_text",),
        lock=lambda: locks.text(key),
    )
    if "preview" in request.form:
        return _preview(form, key)
    done = form.carry_out(
        lambda: service.change_text(
            actor=current_user.actor,
            now=clock.now(),
            key=key,
            text=form.text.data or "",
            said=form.said.data or "",
        ),
        REFUSALS,
    )
    if done:
        flash("Saved. Everybody reads the new version from now on.", "success")
        return redirects.see(url_for(".listing"))
    return _page(form, key), 422 if form.is_submitted() else 200


def _preview(form: TextForm, key: TextKey) -> ResponseReturnValue:
    text = form.text.data or ""
    if not form.validate():
        return _page(form, key), 422
    try:
        service.check(key=key, text=text, said=form.said.data or "-")
    except TextRefused as refusal:
        form.show_refusal(refusal, REFUSALS)
        return _page(form, key), 422
    return _page(form, key, pages.as_shown(key, text))


def _page(form: TextForm, key: TextKey, preview: ShownText | None = None) -> str:
    found = pages.values(since=clock.now())
    return render_template(
        "network/texts/write.html",
        form=form,
        key=key,
        names=words.NAMES[key],
        preview=preview,
        facts=[(name, said, found[name]) for name, said in FACTS.items()],
        tables=TABLES,
    )

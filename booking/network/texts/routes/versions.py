"""Earlier versions of a text, with who wrote them; one of them may be taken back."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import permissions
from booking.domain.own_texts import TextKey
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.network.texts import pages, queries, service, words
from booking.network.texts.models import TextVersion
from booking.network.texts.refusals import TextRefused, TextUnchanged
from booking.network.texts.routes.blueprints import of_a_text, of_a_version, texts


@texts.get("/<key>/versions")
@of_a_text(Action.SEE_NETWORK)
def versions(key: TextKey) -> str:
    """List the versions of a text: when, by whom, and what was changed."""
    return render_template(
        "network/texts/versions.html",
        key=key,
        names=words.NAMES[key],
        versions=queries.versions(key),
    )


@texts.get("/<key>/versions/<int:number>")
@of_a_version(Action.SEE_NETWORK)
def version(version: TextVersion) -> str:
    """Show one version as a page."""
    newest = queries.newest(version.key)
    return render_template(
        "network/texts/version.html",
        version=version,
        names=words.NAMES[version.key],
        text=pages.shown(version.key, version),
        is_standing=newest is not None and newest.number == version.number,
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
    )


@texts.post("/<key>/versions/<int:number>/take-back")
@of_a_version(Action.RUN_NETWORK)
def take_back(version: TextVersion) -> ResponseReturnValue:
    """Let an earlier version stand again."""
    done = acts.attempt(
        lambda: service.take_back(
            actor=current_user.actor, now=clock.now(), key=version.key, number=version.number
        ),
        TextUnchanged,
        TextRefused,
    )
    if done:
        flash("Everybody reads that version again. The one before is kept too.", "success")
    return redirects.see(url_for(".versions", key=version.key.value))

"""What a mailed link opens without an account: a head's decision, and what came of a link.

Opening one changes nothing, because programs that look for viruses open links too.
"""

from typing import NoReturn

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from booking.domain.helping import ExpertiseState, HelpOutcome
from booking.domain.limits import UNKNOWN_HEADS
from booking.domain.moves import MoveNotAllowed
from booking.foundation import clock
from booking.foundation.tokens import token_hash
from booking.foundation.web import acts, redirects, throttle
from booking.foundation.web.access import by_token
from booking.network.directory import queries, service, words
from booking.network.directory.models import HelpLink, Nomination
from booking.network.directory.refusals import NominationDecided, NotListed
from booking.network.directory.routes.blueprint import directory


@directory.get("/nominate/<token>")
@by_token("nomination")
def nomination(token: str) -> str:
    """Show a head what a colleague offers, with two buttons; or what was decided."""
    row = _nomination(token)
    return render_template(
        "network/directory/nominate.html",
        row=row,
        offer=row.expertise,
        token=token,
        is_open=row.closed_at is None and row.expires_at > clock.now(),
        is_listed=row.expertise.state is ExpertiseState.LISTED,
        words=words,
    )


@directory.post("/nominate/<token>/decide")
@by_token("nomination")
def decide(token: str) -> ResponseReturnValue:
    """Take the head's yes or no, once."""
    _nomination(token)
    said = request.form.get("say")
    if said not in {"yes", "no"}:
        abort(400)
    acts.attempt(
        lambda: service.decide_by_link(
            now=clock.now(), hashed=token_hash(token), said_yes=said == "yes"
        ),
        NominationDecided,
    )
    return redirects.see(url_for(".nomination", token=token))


@directory.get("/link-outcome/<token>")
@by_token("link outcome")
def outcome(token: str) -> str:
    """Ask what came of an introduction, with three buttons."""
    return render_template(
        "network/directory/outcome.html", link=_link(token), token=token, words=words
    )


@directory.post("/link-outcome/<token>/answer")
@by_token("link outcome")
def answer(token: str) -> ResponseReturnValue:
    """Take what came of it, once."""
    _link(token)
    said = request.form.get("say", "")
    if said not in set(HelpOutcome):
        abort(400)
    done = acts.attempt(
        lambda: service.answer(
            now=clock.now(), hashed=token_hash(token), outcome=HelpOutcome(said)
        ),
        MoveNotAllowed,
        NotListed,
    )
    if done:
        flash("Thank you.", "success")
    return redirects.see(url_for(".outcome", token=token))


def _nomination(token: str) -> Nomination:
    return queries.nomination_by_hash(token_hash(token)) or _unknown()


def _link(token: str) -> HelpLink:
    return queries.link_by_hash(token_hash(token), clock.now()) or _unknown()


def _unknown() -> NoReturn:
    throttle.count_visit(UNKNOWN_HEADS)
    abort(404)

"""The page about network life."""

from datetime import timedelta
from itertools import chain

from flask import Blueprint, render_template, request
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import network_life, task_lists
from booking.foundation.web.access import requires

overview = Blueprint("overview", __name__, url_prefix="/network-life")

#: What is younger counts as new.
NEW_FOR = timedelta(days=14)
NEWS_MAX = 20
TEXT_MAX = 100


@overview.get("/")
@requires(Action.SEE_NETWORK_LIFE)
def home() -> str:
    """Show what waits for the reader, what is new, and what a search finds."""
    actor, now = current_user.actor, clock.now()
    text = request.args.get("q", "").strip()[:TEXT_MAX]
    news = chain.from_iterable(network_life.what_is_new(actor=actor, now=now, since=now - NEW_FOR))
    return render_template(
        "network/overview/home.html",
        tasks=task_lists.soonest_first(network_life.needs_me(actor=actor, now=now)),
        news=sorted(news, key=lambda one: one.when, reverse=True)[:NEWS_MAX],
        doors=list(chain.from_iterable(network_life.life_doors())),
        q=text,
        found=list(chain.from_iterable(network_life.found(actor=actor, text=text))) if text else [],
    )

"""The visits to come, one visit, and one's own."""

from flask import render_template, request
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import paging
from booking.foundation.web.access import requires
from booking.network.visits import pages, queries, words
from booking.network.visits.models import StaffVisit
from booking.network.visits.routes.blueprint import of_a_visit, visits

_Q_MAX = 100


@visits.get("/visits/")
@requires(Action.SEE_NETWORK_LIFE)
def listing() -> str:
    """List the visits to come, by the words in the address."""
    actor, now = current_user.actor, clock.now()
    text = request.args.get("q", "").strip()[:_Q_MAX]
    found = queries.listing(text, actor=actor, now=now)
    page = paging.page_of(found, number=paging.asked_page())
    return render_template(
        "network/visits/list.html",
        page=page,
        rows=pages.rows(page.items, now),
        text=text,
        may_open=bool(actor.schools()),
        words=words,
    )


@visits.get("/visits/mine")
@requires(Action.SEE_NETWORK_LIFE)
def mine() -> str:
    """Show what somebody asked, and what they answer for."""
    actor, now = current_user.actor, clock.now()
    return render_template(
        "network/visits/mine.html",
        asked=[(one, words.ask_tag(one, now)) for one in queries.asked_by(actor.person_id)],
        opened=pages.rows(queries.opened_by(actor), now),
        may_open=bool(actor.schools()),
        words=words,
    )


@visits.get("/visits/rota")
@requires(Action.SEE_NETWORK_LIFE)
def rota() -> str:
    """Show what schools hosted and where they went, and suggest whose turn it might be."""
    return render_template("network/visits/rota.html", view=pages.rota_page(clock.now()))


@visits.get("/visits/<public_id>")
@of_a_visit
def show(visit: StaffVisit) -> str:
    """Show a visit, and what the reader may do about it."""
    view = pages.visit_page(visit, actor=current_user.actor, now=clock.now())
    return render_template("network/visits/visit.html", view=view, visit=visit, words=words)

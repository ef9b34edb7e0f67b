"""The network's terms and closures, for the lead."""

from datetime import date

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.people.schools import queries, service
from booking.people.schools.forms.network import NetworkClosureForm, TermForm, offer_schools
from booking.people.schools.models import Closure, Term
from booking.people.schools.routes.blueprints import admin
from booking.people.schools.routes.network import show


def term_of(first_on: str) -> Term | None:
    """Return the term that begins on the day in an address."""
    try:
        return queries.term(date.fromisoformat(first_on))
    except ValueError:
        return None


def closure_scope(closure: Closure) -> Scope:
    """Return what a closure belongs to: its school, or the network."""
    return Scope(school_id=closure.school_id)


@admin.get("/days")
@requires(Action.SEE_NETWORK)
def days() -> ResponseReturnValue:
    """Show terms and closures."""
    return show("people/admin/days.html", terms=queries.terms(), closures=queries.closures())


@admin.route("/days/terms/new", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def add_term() -> ResponseReturnValue:
    """Add a term."""
    form = TermForm()
    if form.carry_out(
        lambda: service.add_term(
            actor=current_user.actor,
            now=clock.now(),
            name=form.name.data,
            first_on=form.first_on.data,
            last_on=form.last_on.data,
        ),
        {service.DaysRefused: "last_on"},
    ):
        flash(f"{form.name.data} has been added to the calendar.", "success")
        return redirects.see(url_for("admin.days"))
    return show("people/admin/term_form.html", form)


@admin.post("/days/terms/<first_on>/remove")
@requires(Action.RUN_NETWORK, load=term_of, scope=lambda _term: Scope(), name="term")
def remove_term(term: Term) -> ResponseReturnValue:
    """Remove a term."""
    name = term.name
    acts.run(lambda: service.remove_term(actor=current_user.actor, now=clock.now(), term=term))
    flash(f"{name} has been removed from the calendar.", "success")
    return redirects.see(url_for("admin.days"))


@admin.route("/days/closures/new", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK)
def add_closure() -> ResponseReturnValue:
    """Close a school, or every school, for some days."""
    form = NetworkClosureForm()
    offer_schools([form.school], queries.member_schools(), nobody="Every school")
    if form.carry_out(
        lambda: service.add_closure(
            actor=current_user.actor,
            now=clock.now(),
            school=queries.school_by_slug(form.school.data) if form.school.data else None,
            first_on=form.first_on.data,
            last_on=form.last_on.data or form.first_on.data,
            reason=form.reason.data,
        ),
        {service.DaysRefused: "last_on"},
    ):
        flash(f"{form.reason.data} has been added to the calendar.", "success")
        return redirects.see(url_for("admin.days"))
    return show("people/admin/closure_form.html", form)


@admin.post("/days/closures/<public_id>/remove")
@requires(Action.RUN_NETWORK, load=queries.closure, scope=closure_scope, name="closure")
def remove_closure(closure: Closure) -> ResponseReturnValue:
    """Open the schools again."""
    acts.run(
        lambda: service.remove_closure(actor=current_user.actor, now=clock.now(), closure=closure)
    )
    flash("The closure has been removed from the calendar.", "success")
    return redirects.see(url_for("admin.days"))

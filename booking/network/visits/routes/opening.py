"""Where a school opens a visit, changes it and cancels it."""

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.english import plural
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.network.visits import locks, pages, service, words
from booking.network.visits.forms import CancelVisitForm, ChangeVisitForm, VisitForm, filled
from booking.network.visits.models import StaffVisit
from booking.network.visits.routes.blueprint import REFUSALS, address_of, load_visit, visits
from booking.people.schools import queries as school_queries


@visits.route("/visits/new", methods=["GET", "POST"])
@requires(Action.SEE_NETWORK_LIFE)
def open_visit() -> ResponseReturnValue:
    """Open a visit at one's school."""
    schools = school_queries.schools_by_id(tuple(sorted(current_user.actor.schools())))
    if not schools:
        abort(404)
    form = VisitForm()
    form.offer_schools(schools)
    done = form.carry_out(
        lambda: service.open_visit(
            actor=current_user.actor,
            now=clock.now(),
            school_id=form.school_id.data,
            details=form.details(),
            no_pupil=bool(form.no_pupil.data),
        ),
        REFUSALS,
    )
    if done:
        flash("It is open. You hear by mail when a colleague asks to come.", "success")
        return redirects.see(address_of(done.result))
    return form.page("network/visits/form.html", visit=None, words=words)


@visits.route("/visits/<public_id>/change", methods=["GET", "POST"])
@requires(Action.KEEP_VISIT, load=load_visit, scope=pages.scope_of, name="visit")
def change(visit: StaffVisit) -> ResponseReturnValue:
    """Change a visit to come."""
    form = editing(
        lambda: ChangeVisitForm(data=filled(visit)),
        changed_by=("change_visit",),
        lock=lambda: locks.visit(visit.id),
    )
    done = form.carry_out(
        lambda: service.change(
            actor=current_user.actor,
            now=clock.now(),
            visit=visit,
            details=form.details(),
            no_pupil=bool(form.no_pupil.data),
        ),
        REFUSALS,
    )
    if done:
        told = f" We have e-mailed {plural(done.result, 'colleague')}." if done.result else ""
        flash(f"Saved.{told}", "success")
        return redirects.see(address_of(visit))
    return form.page("network/visits/form.html", visit=visit, words=words)


@visits.route("/visits/<public_id>/cancel", methods=["GET", "POST"])
@requires(Action.KEEP_VISIT, load=load_visit, scope=pages.scope_of, name="visit")
def cancel(visit: StaffVisit) -> ResponseReturnValue:
    """Cancel a visit to come, and say why."""
    form = CancelVisitForm()
    if form.carry_out(
        lambda: service.cancel(
            actor=current_user.actor, now=clock.now(), visit=visit, reason=form.word.data or ""
        ),
        REFUSALS,
    ):
        flash("It is cancelled. Whoever asked to come is told why.", "success")
        return redirects.see(address_of(visit))
    return form.page("network/visits/cancel.html", visit=visit, words=words)

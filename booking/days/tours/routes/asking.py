"""A school's pages: ask for a stop, and withdraw."""

from flask import abort, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.tours import pages, queries, service, words
from booking.days.tours.forms import AskForStopForm
from booking.days.tours.models import Tour, TourState, TourStop
from booking.days.tours.routes.blueprint import REFUSALS, address, load_stop, tours
from booking.domain import year_groups
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires


@tours.route("/<slug>/ask", methods=["GET", "POST"])
@requires(Action.JOIN_TOURS)
def ask(slug: str) -> ResponseReturnValue:
    """Ask for a stop at a school of one's own."""
    tour = queries.public_by_slug(slug)
    if tour is None:
        abort(404)
    if tour.state is not TourState.OPEN:
        flash(f"{tour.title} has ended, so schools cannot ask for it any more.", "warning")
        return redirects.see(address(tour))
    schools = pages.own_schools(current_user.actor)
    form = AskForStopForm(data=_usual(tour)).offer(schools)
    done = form.carry_out(
        lambda: service.ask(actor=current_user.actor, now=clock.now(), tour=tour, wish=form.wish()),
        REFUSALS,
    )
    if done:
        flash(
            f"{tour.leading_school.name} has been told. We will e-mail you when it answers.",
            "success",
        )
        return redirects.see(address(tour))
    return form.page("days/tours/ask.html", tour=tour, words=words)


def _usual(tour: Tour) -> dict[str, int]:
    schools = pages.own_schools(current_user.actor)
    years = tour.low_year, tour.high_year
    if schools:
        years = year_groups.overlap((schools[0].low_year, schools[0].high_year), years) or years
    return {"low_year": years[0], "high_year": years[1], "pupils": min(15, tour.pupils_max)}


@tours.post("/<slug>/stops/<public_id>/withdraw")
@requires(Action.JOIN_TOURS, load=load_stop, scope=lambda stop: Scope(stop.school_id), name="stop")
def withdraw(stop: TourStop) -> ResponseReturnValue:
    """Withdraw a wish that nobody has answered."""
    tour = stop.tour
    if acts.attempt(
        lambda: service.withdraw(actor=current_user.actor, now=clock.now(), stop=stop),
        service.StopNotOpen,
    ):
        flash("Withdrawn. You can ask again.", "success")
    return redirects.see(address(tour))

"""The keeper's pages: begin a tour, open it, look after it, change it, end it."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.days.tours import locks, pages, queries, service, words
from booking.days.tours.forms import TourForm, tour_filled
from booking.days.tours.models import Tour, TourState
from booking.days.tours.routes.blueprint import REFUSALS, address, may, of_a_tour, tours
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.audit.routes import histories
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing


@tours.route("/new", methods=["GET", "POST"])
@requires(Action.WRITE_EVENTS)
def begin() -> ResponseReturnValue:
    """Begin a tour."""
    form = _offered(TourForm())
    done = form.carry_out(
        lambda: service.begin(actor=current_user.actor, now=clock.now(), details=form.details()),
        REFUSALS,
    )
    if done:
        flash("The draft is saved. Open the tour when schools may ask for it.", "success")
        return redirects.see(address(done.result, "work"))
    return form.page("days/tours/form.html", tour=None)


@tours.get("/<slug>/work")
@of_a_tour(Action.SEE_TOURS)
def work(tour: Tour) -> str:
    """Show a tour's stops: which wait for whom, and what can be done."""
    school_id = tour.leading_school_id
    return render_template(
        "days/tours/work.html",
        tour=tour,
        lines=pages.stop_lines(tour, now=clock.now()),
        words=words,
        states=TourState,
        may_keep=may(Action.WRITE_EVENTS, school_id),
        may_lead=may(Action.KEEP_LEADERS, school_id),
    )


@tours.route("/<slug>/change", methods=["GET", "POST"])
@of_a_tour(Action.WRITE_EVENTS)
def change(tour: Tour) -> ResponseReturnValue:
    """Change a tour; stops that are agreed keep their times."""
    form = editing(
        lambda: _offered(TourForm(data=tour_filled(tour))),
        changed_by=("change_tour",),
        lock=lambda: locks.tour(tour.id),
    )
    done = form.carry_out(
        lambda: service.change(
            actor=current_user.actor, now=clock.now(), tour=tour, details=form.details()
        ),
        REFUSALS,
    )
    if done:
        flash("Saved." if done.result else "Nothing was different, so nothing has changed.")
        return redirects.see(address(tour, "work"))
    return form.page("days/tours/form.html", tour=tour)


@tours.post("/<slug>/open")
@of_a_tour(Action.WRITE_EVENTS)
def open_for_schools(tour: Tour) -> ResponseReturnValue:
    """Open a draft: its page is public, and schools are told."""
    if acts.attempt(
        lambda: service.open_for_schools(actor=current_user.actor, now=clock.now(), tour=tour),
        service.TourNotOpen,
        service.TourRefused,
    ):
        flash("The tour is open. Schools with these years have been told.", "success")
    return redirects.see(address(tour, "work"))


@tours.post("/<slug>/end")
@of_a_tour(Action.WRITE_EVENTS)
def end(tour: Tour) -> ResponseReturnValue:
    """End a tour."""
    if acts.attempt(
        lambda: service.end(actor=current_user.actor, now=clock.now(), tour=tour),
        service.TourNotOpen,
        service.StopsToCome,
    ):
        flash("The tour has ended. Thank you.", "success")
    return redirects.see(address(tour, "work"))


@tours.post("/<slug>/discard")
@of_a_tour(Action.WRITE_EVENTS)
def discard(tour: Tour) -> ResponseReturnValue:
    """Delete a draft."""
    here = address(tour, "work")
    done = acts.attempt(
        lambda: service.discard(actor=current_user.actor, now=clock.now(), tour=tour),
        service.TourNotOpen,
    )
    if done is None:
        return redirects.see(here)
    flash("The draft has been deleted.", "success")
    return redirects.see(url_for(".listing"))


@tours.get("/<slug>/history")
@of_a_tour(Action.SEE_TOURS)
def history(tour: Tour) -> str:
    """Show who did what about a tour, its stops and its leaders."""
    return histories.show(
        table="tours", row_id=tour.id, of=tour.title, back=(address(tour, "work"), tour.title)
    )


def _offered(form: TourForm) -> TourForm:
    schools = event_queries.host_choices(current_user.actor)
    return form.offer(schools, queries.kit_choices(schools[0].id if schools else None))

"""The leading school's pages about the pupils who lead: nobody else opens them."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.tours import locks, printing, queries, service, words
from booking.days.tours.forms import (
    AgreeToLeadersForm,
    LeadersForm,
    StopLeadersForm,
    stop_leaders_filled,
)
from booking.days.tours.models import Tour, TourLeader, TourStop
from booking.days.tours.routes.blueprint import (
    REFUSALS,
    address,
    load_leader,
    may,
    of_a_stop,
    of_a_tour,
    tours,
)
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.people.pupils.models import Pupil


def _of_a_leader(action: Action) -> Callable[..., Any]:
    return requires(
        action,
        load=load_leader,
        scope=lambda leader: Scope(leader.tour.leading_school_id),
        name="leader",
    )


@tours.route("/<slug>/leaders", methods=["GET", "POST"])
@of_a_tour(Action.KEEP_LEADERS)
def leaders(tour: Tour) -> ResponseReturnValue:
    """Show who leads, and add more: from the school's list, or by name."""
    pupils = _to_pick(tour)
    form = LeadersForm().offer(pupils)
    if form.carry_out(
        lambda: service.add_leaders(
            actor=current_user.actor,
            now=clock.now(),
            tour=tour,
            pupils=form.chosen(pupils),
            written=form.written(),
        ),
        REFUSALS,
    ):
        flash("Added. A coordinator now says that the school agrees.", "success")
        return redirects.see(address(tour, "leaders"))
    return _page(tour, form)


def _page(tour: Tour, form: LeadersForm) -> ResponseReturnValue:
    now, found = clock.now(), queries.leaders_of(tour)
    return form.page(
        "days/tours/leaders.html",
        tour=tour,
        leaders=found,
        agree_form=AgreeToLeadersForm(formdata=None).offer(
            [each for each in found if not each.agreed_at]
        ),
        led={leader.id: queries.led_by(leader, now=now) for leader in found},
        words=words,
        may_agree=may(Action.KEEP_PUPILS, tour.leading_school_id),
    )


def _to_pick(tour: Tour) -> list[Pupil]:
    """Return the pupils to choose from, for somebody who may see the school's list."""
    return queries.pupils_to_pick(tour) if may(Action.KEEP_PUPILS, tour.leading_school_id) else []


@tours.post("/<slug>/leaders/agree")
@of_a_tour(Action.KEEP_PUPILS)
def agree(tour: Tour) -> ResponseReturnValue:
    """Record that the school agrees and that the parents have been told."""
    form = AgreeToLeadersForm().offer(tour.leaders)
    done = acts.attempt(
        lambda: service.agree(
            actor=current_user.actor,
            now=clock.now(),
            tour=tour,
            public_ids=form.leaders.data or [],
        ),
        service.TourNotOpen,
    )
    if done:
        flash("Recorded." if done.result else "Tick the pupils that it is for.", "success")
    return redirects.see(address(tour, "leaders"))


@tours.post("/<slug>/leaders/<public_id>/remove")
@_of_a_leader(Action.KEEP_LEADERS)
def remove_leader(leader: TourLeader) -> ResponseReturnValue:
    """Remove a pupil from a tour."""
    tour = leader.tour
    acts.run(
        lambda: service.remove_leader(actor=current_user.actor, now=clock.now(), leader=leader)
    )
    flash("Removed from the tour and from its stops.", "success")
    return redirects.see(address(tour, "leaders"))


@tours.get("/<slug>/leaders/<public_id>/certificate.pdf")
@_of_a_leader(Action.KEEP_LEADERS)
def certificate(leader: TourLeader) -> ResponseReturnValue:
    """Print a leader's certificate, once a stop that they led is over."""
    now = clock.now()
    stops = queries.led_by(leader, now=now)
    if not stops:
        flash("There is a certificate once a stop that this pupil led is over.", "warning")
        return redirects.see(address(leader.tour, "leaders"))
    return Response(
        printing.certificate(leader, stops, made_at=now),
        content_type="application/pdf",
        headers={
            "Content-Disposition": 'inline; filename="certificate.pdf"',
            "Cache-Control": "no-store",
        },
    )


@tours.route("/<slug>/stops/<public_id>/leaders", methods=["GET", "POST"])
@of_a_stop(Action.KEEP_LEADERS)
def stop_leaders(stop: TourStop) -> ResponseReturnValue:
    """Say who leads one stop; afterwards, who did."""
    found = [each for each in queries.leaders_of(stop.tour) if each.agreed_at]
    form = editing(
        lambda: StopLeadersForm(data=stop_leaders_filled(stop)).offer(found),
        changed_by=("set_leaders",),
        lock=lambda: locks.stop_with_event(stop.id),
    )
    tour = stop.tour
    if form.carry_out(
        lambda: service.set_leaders(
            actor=current_user.actor,
            now=clock.now(),
            stop=stop,
            public_ids=form.leaders.data or [],
        ),
        REFUSALS,
    ):
        flash("Saved.", "success")
        return redirects.see(address(tour, "work"))
    return form.page("days/tours/stop_leaders.html", stop=stop, leaders=found, words=words)

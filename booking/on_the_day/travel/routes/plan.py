"""A page where a school says how it travels, and finds seats in the buses of others."""

from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form, editing
from booking.on_the_day.rosters.routes.blueprint import load_event
from booking.on_the_day.travel import locks, pages, queries, service
from booking.on_the_day.travel.forms import SeatsForm, TravelForm
from booking.on_the_day.travel.models import TravelPlan
from booking.on_the_day.travel.routes.blueprint import REFUSALS, load_bus, own_school, travel
from booking.people.schools import acting
from booking.people.schools.models import School


@travel.route("/school/events/<slug>/travel", methods=["GET", "POST"])
@requires(Action.REQUEST_PLACES, load=load_event, scope=own_school, name="event")
def plan(event: Event) -> ResponseReturnValue:
    """Show how the school travels, and save it."""
    school = acting.school()
    form = _form(event, school)
    done = form.carry_out(
        lambda: service.save_plan(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            school=school,
            details=form.details,
        ),
        REFUSALS,
    )
    if done:
        flash("Saved. The host reads how and when you arrive.", "success")
        for doubt in pages.doubts(event, done.result):
            flash(doubt, "warning")
        return redirects.see(url_for("travel.plan", slug=event.slug))
    return _page(event, school, form)


@travel.post("/school/buses/<public_id>/ask")
@requires(Action.REQUEST_PLACES, load=load_bus, scope=own_school, name="bus")
def ask(bus: TravelPlan) -> ResponseReturnValue:
    """Ask another school for seats in its bus."""
    school, event = acting.school(), bus.event
    form = SeatsForm()
    if form.carry_out(
        lambda: service.ask(
            actor=current_user.actor,
            now=clock.now(),
            plan=bus,
            school=school,
            seats=form.wanted.data or 0,
        ),
        REFUSALS,
    ):
        flash(f"{bus.school.name} has been told. We will e-mail you when it answers.", "success")
        return redirects.see(url_for("travel.plan", slug=event.slug))
    return _page(event, school, form, asking=bus)


def _form(event: Event, school: School) -> TravelForm:
    return editing(
        lambda: TravelForm.filled(queries.plan_of(event.id, school.id)),
        changed_by=("say_how_we_travel",),
        school_id=school.id,
        lock=lambda: locks.plan_of(event.id, school.id),
    )


def _page(
    event: Event, school: School, wrong: Form, asking: TravelPlan | None = None
) -> ResponseReturnValue:
    # On a page to which another form was sent, the school's own is as it was saved.
    own = wrong if isinstance(wrong, TravelForm) else _form(event, school)
    seen = pages.plan_page(event, school, clock.now())
    if asking is not None and asking.id not in {bus.plan.id for bus in seen.buses if bus.can_ask}:
        wrong.lift()  # the page has no field now for the refusal to stand beside
    facts: dict[str, Any] = {
        "event": event,
        "seen": seen,
        "own": own,
        "asking": asking,
        "seats": wrong if asking else SeatsForm(formdata=None),
    }
    return wrong.page("on_the_day/travel/plan.html", **facts)

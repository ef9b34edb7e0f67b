"""The host's pages of the workshops: what there is, until when families choose."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks as event_locks
from booking.days.events.models import Event
from booking.days.groups import forms, service
from booking.days.groups.models import Workshop
from booking.days.groups.pages.workshops import WorkshopsOutcome, WorkshopsPage
from booking.days.groups.queries import workshops
from booking.days.groups.routes.blueprint import (
    CHANGES_WORKSHOP,
    CHANGES_WORKSHOPS,
    SEES_WORKSHOPS,
    groups_pages,
)
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.forms import Refusals, editing

REFUSALS: Refusals = {service.WorkshopsRefused: ""}


@groups_pages.get("/host/events/<slug>/workshops")
@SEES_WORKSHOPS
def workshops_page(event: Event) -> str:
    """Show the workshops: what there is, who would go where, or who is where."""
    view, seated, digest = WorkshopsPage(event, clock.now()), None, ""
    if view.may_share and view.choice is not None:
        seated, _, digest = service.sharing.outcome(event, view.choice)
    return render_template(
        "days/groups/workshops.html",
        event=event,
        view=view,
        outcome=WorkshopsOutcome(view, seated),
        digest=digest,
    )


@groups_pages.route("/host/events/<slug>/workshops/new", methods=["GET", "POST"])
@CHANGES_WORKSHOPS
def new_workshop(event: Event) -> ResponseReturnValue:
    """Offer one more workshop."""
    form = forms.WorkshopForm()
    done = form.carry_out(
        lambda: service.offering.offer(
            actor=current_user.actor, now=clock.now(), event=event, details=form.details()
        ),
        REFUSALS,
    )
    if done:
        flash(f"“{done.result.title}” is offered.", "success")
        return redirects.see(_home(event))
    return form.page("days/groups/workshop.html", event=event, workshop=None)


@groups_pages.route("/host/workshops/<public_id>", methods=["GET", "POST"])
@CHANGES_WORKSHOP
def change_workshop(workshop: Workshop) -> ResponseReturnValue:
    """Change a workshop."""
    event = workshop.event
    form = editing(
        lambda: forms.WorkshopForm(data=forms.filled(workshop)),
        changed_by=("change_workshop",),
        lock=lambda: event_locks.event(event.id),
    )
    done = form.carry_out(
        lambda: service.offering.change(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            workshop=workshop,
            details=form.details(),
        ),
        REFUSALS,
    )
    if done:
        flash("Saved.", "success")
        return redirects.see(_home(event))
    return form.page("days/groups/workshop.html", event=event, workshop=workshop)


@groups_pages.post("/host/workshops/<public_id>/remove")
@CHANGES_WORKSHOP
def remove_workshop(workshop: Workshop) -> ResponseReturnValue:
    """Take a workshop off that nobody has chosen."""
    home = _home(workshop.event)
    acts.attempt(
        lambda: service.offering.remove(
            actor=current_user.actor, now=clock.now(), event=workshop.event, workshop=workshop
        ),
        service.WorkshopsRefused,
    )
    return redirects.see(home)


@groups_pages.route("/host/events/<slug>/workshops/choices", methods=["GET", "POST"])
@CHANGES_WORKSHOPS
def open_choices(event: Event) -> ResponseReturnValue:
    """Say until when families choose."""
    form = editing(
        lambda: forms.ClosesForm(obj=workshops.choice(event.id)),
        changed_by=("open_workshop_choices",),
        lock=lambda: event_locks.event(event.id),
    )
    done = form.carry_out(
        lambda: service.offering.open_choices(
            actor=current_user.actor, now=clock.now(), event=event, closes_at=form.closes_at.data
        ),
        REFUSALS,
    )
    if done:
        flash("Families can choose on their private page.", "success")
        return redirects.see(_home(event))
    return form.page("days/groups/choices.html", event=event, row=workshops.choice(event.id))


def _home(event: Event) -> str:
    return url_for("groups.workshops_page", slug=event.slug)

"""The door: write down who came without being on the list, in few taps and without JavaScript."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.on_the_day.rosters import service as rosters
from booking.on_the_day.rosters.routes.blueprint import asked_date, hosted, load_event
from booking.on_the_day.walk_ins import pages, refusals, service
from booking.on_the_day.walk_ins.forms import WalkInForm
from booking.on_the_day.walk_ins.models import WalkIn
from booking.on_the_day.walk_ins.routes.blueprint import load_walk_in, looked_after, walk_ins


@walk_ins.route("/host/events/<slug>/door", methods=["GET", "POST"])
@requires(Action.TAKE_REGISTER, load=load_event, scope=hosted, name="event")
def door(event: Event) -> ResponseReturnValue:
    """Show who came besides the list, and write down another."""
    now, day = clock.now(), asked_date(event)
    seen = pages.door(event, day, now)
    form = WalkInForm(seen.schools, seen.missing)
    done = form.carry_out(
        lambda: service.add(
            actor=current_user.actor,
            now=now,
            event=event,
            day=day,
            school=next(one for one in seen.schools if one.slug == form.school.data),
            name=form.name.data or "",
            instead_of=place_queries.booking_by_public_id(form.instead_of.data or ""),
            reason=form.reason.data or "",
        ),
        {refusals.WalkInRefused: "", rosters.RegisterClosed: ""},
    )
    if done:
        flash(f"{done.result.name} is written down. {pages.NOT_KNOWN}.", "warning")
        return _back(done.result)
    return form.page("on_the_day/walk_ins/door.html", event=event, seen=seen)


@walk_ins.post("/host/walk-ins/<public_id>/asked")
@requires(Action.TAKE_REGISTER, load=load_walk_in, scope=looked_after, name="walk_in")
def asked(walk_in: WalkIn) -> ResponseReturnValue:
    """Record that the school was rung."""
    acts.attempt(
        lambda: service.note_asked(actor=current_user.actor, now=clock.now(), walk_in=walk_in),
        refusals.WalkInRefused,
    )
    return _back(walk_in)


@walk_ins.post("/host/walk-ins/<public_id>/undo")
@requires(Action.TAKE_REGISTER, load=load_walk_in, scope=looked_after, name="walk_in")
def undo(walk_in: WalkIn) -> ResponseReturnValue:
    """Take it back."""
    if acts.attempt(
        lambda: service.undo(actor=current_user.actor, now=clock.now(), walk_in=walk_in),
        rosters.RegisterRefused,
    ):
        flash("Taken back. Their school has been told.", "success")
    return _back(walk_in)


def _back(walk_in: WalkIn) -> ResponseReturnValue:
    return redirects.see(
        url_for("walk_ins.door", slug=walk_in.event.slug, date=walk_in.date.number)
    )

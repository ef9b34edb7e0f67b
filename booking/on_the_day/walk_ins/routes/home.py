"""The home school's page for a walk-in: who it was."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.on_the_day.walk_ins import refusals, service
from booking.on_the_day.walk_ins.forms import NOT_OURS, PutRightForm
from booking.on_the_day.walk_ins.models import WalkIn, WalkInOutcome
from booking.on_the_day.walk_ins.routes.blueprint import home_school, load_walk_in, walk_ins
from booking.people.pupils import queries as pupil_queries


@walk_ins.route("/school/walk-ins/<public_id>/", methods=["GET", "POST"])
@requires(Action.KEEP_PUPILS, load=load_walk_in, scope=home_school, name="walk_in")
def put_right(walk_in: WalkIn) -> ResponseReturnValue:
    """Ask which of the school's pupils it was."""
    pupils = pupil_queries.everybody(walk_in.school_id)
    form = PutRightForm(pupils, chosen=_chosen(walk_in))
    if form.carry_out(
        lambda: service.settle(
            actor=current_user.actor,
            now=clock.now(),
            walk_in=walk_in,
            pupil=next((one for one in pupils if one.public_id == form.pupil.data), None),
        ),
        {refusals.WalkInRefused: ""},
    ):
        flash("Thank you. The host can read it now.", "success")
        return redirects.see(url_for("walk_ins.put_right", public_id=walk_in.public_id))
    return form.page("on_the_day/walk_ins/put_right.html", walk_in=walk_in)


def _chosen(walk_in: WalkIn) -> str:
    """Return what the form begins with: what was said, or else the pupil of that name."""
    if walk_in.outcome is WalkInOutcome.NOT_OURS:
        return NOT_OURS
    return walk_in.pupil.public_id if walk_in.pupil else ""

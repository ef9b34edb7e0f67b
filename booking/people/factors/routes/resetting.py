"""A lead resets the second factors of somebody who has lost them."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.people.factors import queries, service
from booking.people.factors.forms import ResetFactorsForm
from booking.people.factors.refusals import FactorRefused
from booking.people.factors.routes.blueprints import factors
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


@factors.route("/admin/people/<public_id>/second-factors", methods=["GET", "POST"])
@requires(
    Action.RESET_FACTORS,
    load=school_queries.person_by_public_id,
    scope=service.scope_of,
    name="person",
)
def reset(person: Person) -> ResponseReturnValue:
    """Say what a reset does; do it, for a reason that stays on record."""
    form = ResetFactorsForm()
    page, name = url_for("admin.person", public_id=person.public_id), person.name
    if form.carry_out(
        lambda: service.reset(
            actor=current_user.actor,
            now=clock.now(),
            person=person,
            reason=form.reason.data,
        ),
        {FactorRefused: ""},
    ):
        flash(
            f"{name} signs in with the password alone now. They and the other leads have been "
            "told by mail.",
            "success",
        )
        return redirects.see(page)
    return form.page(
        "people/factors/reset.html",
        person=person,
        has_any=queries.has_any(person.id),
    )

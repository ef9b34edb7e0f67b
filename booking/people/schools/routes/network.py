"""The home page of the network lead, and what all pages of the network share."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import task_lists
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Form
from booking.people.schools import ports, queries
from booking.people.schools.routes.blueprints import admin


@admin.get("/")
@requires(Action.SEE_NETWORK)
def home() -> ResponseReturnValue:
    """Show what needs doing, and the network in figures."""
    now = clock.now()
    return show(
        "people/admin/home.html",
        tasks=task_lists.soonest_first(
            ports.network_tasks(now=now) if may_run() else ports.overseer_tasks(now=now)
        ),
        figures=queries.figures(now),
    )


def may_run() -> bool:
    """Return whether the person signed in may change the network: an auditor sees no buttons."""
    return permissions.may(current_user.actor, Action.RUN_NETWORK)


def show(template: str, form: Form | None = None, **words: Any) -> ResponseReturnValue:
    """Render one of the network's pages; 422 when something is wrong with what was sent."""
    wrong = form is not None and form.is_submitted()
    body = render_template(template, form=form, may_run=may_run(), **words)
    return body, 422 if wrong else 200

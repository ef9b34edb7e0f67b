"""The network's page about the rules that a new event starts with."""

from dataclasses import asdict

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import labels, locks, queries, service, words
from booking.days.events.forms import EventRulesForm
from booking.days.events.routes.blueprints import rules
from booking.domain import permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing


@rules.get("/rules")
@requires(Action.SEE_NETWORK)
def show() -> str:
    """Show the rules, to the lead as a form."""
    return _page(_form())


@rules.post("/rules")
@requires(Action.RUN_NETWORK)
def keep() -> ResponseReturnValue:
    """Save these rules for new events."""
    form = _form()
    if form.carry_out(
        lambda: service.keep_network_rules(
            actor=current_user.actor, now=clock.now(), details=form.details()
        ),
        {service.EventRefused: ""},
    ):
        flash("Saved. New events will start with these rules.", "success")
        return redirects.see(url_for(".show"))
    return _page(form), 422


def _form() -> EventRulesForm:
    return editing(
        lambda: EventRulesForm(data=asdict(queries.network_rules())),
        changed_by=("keep_network_rules",),
        lock=locks.network_rules,
    )


def _page(form: EventRulesForm) -> str:
    kept = queries.network_rules()
    return render_template(
        "people/admin/rules.html",
        form=form,
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
        basis_hints=words.BASIS_HINTS,
        rows=[
            (labels.of("basis"), words.BASIS_NAMES[kept.basis]),
            (labels.of("guarantee"), kept.guarantee or "Nothing"),
            (labels.of("cap_per_school"), kept.cap_per_school or "No limit"),
            (labels.of("reply_days"), kept.reply_days),
            (labels.of("offer_days"), kept.offer_days),
            (labels.of("lead_looks"), "Yes" if kept.lead_looks else "No"),
        ],
    )

"""The lead's rules for the treasurer: how much one person may reverse alone."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import editing
from booking.money.fund import locks, queries, service
from booking.money.fund.forms import LedgerRulesForm
from booking.money.fund.routes.blueprint import fund


@fund.get("/rules")
@requires(Action.SEE_FUND)
def rules() -> str:
    """Show the rules; as a form to the lead."""
    return _page(_form())


@fund.post("/rules")
@requires(Action.RUN_NETWORK)
def keep_rules() -> ResponseReturnValue:
    """Set how much one person may reverse alone."""
    form = _form()
    if not form.carry_out(
        lambda: service.keep_rules(
            actor=current_user.actor,
            now=clock.now(),
            alone_up_to_pence=form.alone_up_to_pence.data,
        )
    ):
        return _page(form), 422
    flash("Saved.", "success")
    return redirects.see(url_for("fund.rules"))


def _form() -> LedgerRulesForm:
    return editing(
        lambda: LedgerRulesForm(alone_up_to_pence=queries.alone_up_to_pence()),
        changed_by=("keep_ledger_rules",),
        lock=locks.rules,
    )


def _page(form: LedgerRulesForm) -> str:
    return render_template(
        "money/fund/rules.html",
        form=form,
        alone_up_to_pence=queries.alone_up_to_pence(),
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
    )

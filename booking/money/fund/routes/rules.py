"""The lead's rules for the treasurer, which two people change: one proposes, another confirms."""

from collections.abc import Callable
from typing import Any

from flask import current_app, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import payee, permissions
from booking.domain.ledger import rule_changes
from booking.domain.ledger.rule_changes import RuleBook, RuleChangeRefused, RuleChangeState
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals, editing
from booking.money.fund import locks, ports, queries, service
from booking.money.fund.forms import LedgerRulesForm
from booking.money.fund.models import RuleChange
from booking.money.fund.routes.blueprint import fund, network_wide

PROPOSED = "Proposed. The rules change once a second person confirms; we have written to them."
#: Why rules are not proposed, on top of the form.
NOT_PROPOSED: Refusals = {
    RuleChangeRefused: "",
    service.AlreadyAsked: "",
    service.NobodyToDecide: "",
}
STATES = {
    RuleChangeState.ASKED: ("Waiting", "warn"),
    RuleChangeState.CONFIRMED: ("Confirmed", "good"),
    RuleChangeState.REFUSED: ("Refused", "bad"),
    RuleChangeState.WITHDRAWN: ("Taken back", "neutral"),
    RuleChangeState.LAPSED: ("Lapsed", "neutral"),
}


@fund.get("/rules")
@requires(Action.SEE_FUND)
def rules() -> str:
    """Show the rules; as a form to the lead."""
    return _page(_form())


@fund.post("/rules")
@requires(Action.RUN_NETWORK)
def keep_rules() -> ResponseReturnValue:
    """Propose how much one person may reverse alone."""
    form = _form()
    if not form.carry_out(
        lambda: service.propose_rules(
            actor=current_user.actor,
            now=clock.now(),
            book=RuleBook.LEDGER,
            wanted=_wanted(form),
        ),
        NOT_PROPOSED,
    ):
        return _page(form), 422
    flash(PROPOSED, "success")
    return redirects.see(url_for("fund.rules"))


@fund.get("/rule-changes/<public_id>")
@requires(Action.SEE_FUND, load=queries.rule_change, scope=network_wide, name="change")
def rule_change(change: RuleChange) -> str:
    """Show proposed rules, with the buttons of whoever confirms, or takes them back."""
    now, actor = clock.now(), current_user.actor
    state = rule_changes.state_now(change.state, expires_at=change.expires_at, now=now)
    waits = state is RuleChangeState.ASKED
    kept = ports.kept_rules(change.book)
    return render_template(
        "money/fund/rule_change.html",
        change=change,
        title=kept.title,
        rows=queries.rule_rows(change, kept),
        state=STATES[state],
        waits=waits,
        may_confirm=waits and rule_changes.may_confirm(actor, asked_by_id=change.asked_by_id),
        is_own=waits and actor.person_id == change.asked_by_id,
        rules_url=url_for(kept.endpoint),
    )


@fund.post("/rule-changes/<public_id>/confirm")
@requires(Action.STEER_FUND, load=queries.rule_change, scope=network_wide, name="change")
def confirm_rules(change: RuleChange) -> ResponseReturnValue:
    """Confirm them as the second person."""
    return _answer(change, service.confirm_rules, "Confirmed. The new rules apply from now on.")


@fund.post("/rule-changes/<public_id>/refuse")
@requires(Action.STEER_FUND, load=queries.rule_change, scope=network_wide, name="change")
def refuse_rules(change: RuleChange) -> ResponseReturnValue:
    """Refuse them: the rules stay as they are."""
    return _answer(change, service.refuse_rules, "Refused. The rules stay as they are.")


@fund.post("/rule-changes/<public_id>/withdraw")
@requires(Action.STEER_FUND, load=queries.rule_change, scope=network_wide, name="change")
def withdraw_rules(change: RuleChange) -> ResponseReturnValue:
    """Take one's own proposal back."""
    return _answer(change, service.withdraw_rules, "Taken back. The rules stay as they are.")


def _answer(change: RuleChange, act: Callable[..., object], done: str) -> ResponseReturnValue:
    if acts.attempt(
        lambda: act(actor=current_user.actor, now=clock.now(), change=change),
        RuleChangeRefused,
    ):
        flash(done, "success")
    return redirects.see(url_for("fund.rule_change", public_id=change.public_id))


def _form() -> LedgerRulesForm:
    return editing(
        lambda: LedgerRulesForm(alone_up_to_pence=queries.alone_up_to_pence()),
        changed_by=("keep_ledger_rules",),
        lock=locks.rules,
    )


def _wanted(form: LedgerRulesForm) -> dict[str, Any]:
    """Return what is proposed: the limit, and the account as the settings name it now."""
    account = payee.in_words(payee.of_settings(current_app.config))
    limit = {"alone_up_to_pence": form.alone_up_to_pence.data}
    return limit | ({"account": account} if account else {})


def _page(form: LedgerRulesForm) -> str:
    by_settings = payee.of_settings(current_app.config)
    return render_template(
        "money/fund/rules.html",
        form=form,
        alone_up_to_pence=queries.alone_up_to_pence(),
        confirmed=queries.confirmed_account(),
        by_settings=payee.in_words(by_settings),
        waiting=queries.waiting_rules(clock.now(), RuleBook.LEDGER),
        may_run=permissions.may(current_user.actor, Action.RUN_NETWORK),
    )

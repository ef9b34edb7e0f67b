"""Two-person decisions: the list, one of them, and the second person's answer."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import ledger
from booking.domain.ledger import DecisionState, Subject, two_people
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.foundation.web.paging import asked_page
from booking.money.fund import queries, service, words
from booking.money.fund.details import HandEntry
from booking.money.fund.forms import RefusalForm
from booking.money.fund.models import Decision, SpendingProposal
from booking.money.fund.routes.blueprint import answered, fund, load_decision, network_wide

#: So many proposed payments are listed, newest first.
SPENDING_SHOWN = 50
SUBJECTS = {
    Subject.REVERSAL: "Reverse an entry",
    Subject.DEFICIT: "Meet a deficit from administration",
}
STATES = {
    DecisionState.ASKED: ("Waiting", "warn"),
    DecisionState.APPROVED: ("Approved", "good"),
    DecisionState.REFUSED: ("Refused", "bad"),
}
REFUSALS: Refusals = {
    ledger.EntryRefused: "",
    ledger.NotTheDecider: "",
    ledger.OwnRequest: "",
    service.AlreadyDecided: "",
    service.AlreadyReversed: "",
    service.NotUndoable: "",
    service.MadeElsewhere: "",
    service.AnswerMissing: "",
    service.DeficitChanged: "",
    service.NothingLeft: "",
}


@fund.get("/decisions")
@requires(Action.SEE_FUND)
def decisions() -> str:
    """List the requests, waiting ones first."""
    return render_template(
        "money/fund/decisions.html",
        page=queries.page_of_decisions(number=asked_page()),
        subjects=SUBJECTS,
        states=STATES,
        spending=_spending(),
        alone_up_to_pence=queries.alone_up_to_pence(),
    )


def _spending() -> list[tuple[SpendingProposal, str, tuple[str, str]]]:
    """Return the newest proposed payments, each with what it is for and how it stands."""
    now = clock.now()
    return [
        (
            each,
            words.payment(HandEntry.of_plain(each.wanted)),
            words.SPENDING_STATES[
                two_people.state_now(each.state, expires_at=each.expires_at, now=now)
            ],
        )
        for each in queries.recent_spending(limit=SPENDING_SHOWN)
    ]


@fund.get("/decisions/<public_id>")
@requires(Action.SEE_FUND, load=load_decision, scope=network_wide, name="decision")
def decision(decision: Decision) -> str:
    """Show a request, with two buttons for the second person."""
    return _page(decision, RefusalForm())


@fund.post("/decisions/<public_id>/approve")
@requires(Action.STEER_FUND, load=load_decision, scope=network_wide, name="decision")
def approve(decision: Decision) -> ResponseReturnValue:
    """Approve it, which posts it."""
    return _answer(decision, RefusalForm(), service.approve, "Approved and recorded in the ledger.")


@fund.post("/decisions/<public_id>/refuse")
@requires(Action.STEER_FUND, load=load_decision, scope=network_wide, name="decision")
def refuse(decision: Decision) -> ResponseReturnValue:
    """Refuse it, with a reason."""
    form = RefusalForm()
    if not form.validate():
        return _page(decision, form), 422
    return _answer(
        decision,
        form,
        service.refuse,
        "Refused. Nothing has been recorded.",
        answer=form.answer.data,
    )


def _answer(
    decision: Decision, form: RefusalForm, act: Callable[..., object], done: str, **facts: Any
) -> ResponseReturnValue:
    return answered(
        form,
        partial(act, decision=decision, **facts),
        REFUSALS,
        page=lambda: _page(decision, form),
        done=done,
        to=url_for("fund.decision", public_id=decision.public_id),
    )


def _page(decision: Decision, form: RefusalForm) -> str:
    waits = decision.state is DecisionState.ASKED
    actor = current_user.actor
    own = decision.entry is not None and service.is_own(decision.entry, actor)
    may = not own and ledger.may_decide(decision.subject, actor, asked_by_id=decision.asked_by_id)
    return render_template(
        "money/fund/decision.html",
        decision=decision,
        title=SUBJECTS[decision.subject],
        state=STATES[decision.state],
        form=form,
        may_decide=waits and may,
        is_own=waits and decision.asked_by_id == current_user.person_id,
    )

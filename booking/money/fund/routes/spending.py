"""Payments by hand that wait for a second person: one of them, and the answers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import ledger
from booking.domain.ledger import two_people
from booking.domain.ledger.two_people import SpendingRefused, SpendingState
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.money.fund import pages, queries, service, words
from booking.money.fund.details import HandEntry
from booking.money.fund.forms import RefusalForm
from booking.money.fund.models import SpendingProposal
from booking.money.fund.routes.blueprint import answered, fund, network_wide

REFUSALS: Refusals = {
    SpendingRefused: "",
    ledger.EntryRefused: "",
    ledger.NotTheDecider: "",
    ledger.OwnRequest: "",
    ledger.YearIsClosed: "",
    service.AnswerMissing: "answer",
    service.CannotMatch: "",
    service.FormSentAlready: "",
    service.FundClosed: "",
    service.NoSuchEvent: "",
    service.NotEnoughMoney: "",
    service.RestrictedFund: "",
    service.UnknownFund: "",
}


@fund.get("/spending/<public_id>")
@requires(Action.SEE_FUND, load=queries.proposal, scope=network_wide, name="proposal")
def spending(proposal: SpendingProposal) -> str:
    """Show a proposed payment, with the buttons of the second person, or of who takes it back."""
    return _page(proposal, RefusalForm())


@fund.post("/spending/<public_id>/approve")
@requires(Action.STEER_FUND, load=queries.proposal, scope=network_wide, name="proposal")
def approve_spending(proposal: SpendingProposal) -> ResponseReturnValue:
    """Approve it, which records it in the ledger."""
    done = "Approved and recorded in the ledger."
    return _answer(proposal, RefusalForm(), service.approve_spending, done)


@fund.post("/spending/<public_id>/refuse")
@requires(Action.STEER_FUND, load=queries.proposal, scope=network_wide, name="proposal")
def refuse_spending(proposal: SpendingProposal) -> ResponseReturnValue:
    """Refuse it, with a reason."""
    form = RefusalForm()
    if not form.validate():
        return _page(proposal, form), 422
    return _answer(
        proposal,
        form,
        service.refuse_spending,
        "Refused. Nothing has been recorded.",
        answer=form.answer.data,
    )


@fund.post("/spending/<public_id>/withdraw")
@requires(Action.STEER_FUND, load=queries.proposal, scope=network_wide, name="proposal")
def withdraw_spending(proposal: SpendingProposal) -> ResponseReturnValue:
    """Take one's own proposal back."""
    done = "Taken back. Nothing has been recorded."
    return _answer(proposal, RefusalForm(), service.withdraw_spending, done)


def _answer(
    proposal: SpendingProposal,
    form: RefusalForm,
    act: Callable[..., object],
    done: str,
    **facts: Any,
) -> ResponseReturnValue:
    return answered(
        form,
        partial(act, proposal=proposal, **facts),
        REFUSALS,
        page=lambda: _page(proposal, form),
        done=done,
        to=url_for("fund.spending", public_id=proposal.public_id),
    )


def _page(proposal: SpendingProposal, form: RefusalForm) -> str:
    actor = current_user.actor
    state = two_people.state_now(proposal.state, expires_at=proposal.expires_at, now=clock.now())
    waits = state is SpendingState.ASKED
    return render_template(
        "money/fund/spending.html",
        proposal=proposal,
        rows=pages.spending_rows(proposal),
        what=words.payment(HandEntry.of_plain(proposal.wanted)),
        why=words.why_two(proposal),
        state=words.SPENDING_STATES[state],
        form=form,
        waits=waits,
        may_answer=waits
        and two_people.may_answer(
            actor,
            asked_by_id=proposal.asked_by_id,
            school_id=proposal.school_id,
            own_schools=actor.schools(),
        ),
        is_own=waits and actor.person_id == proposal.asked_by_id,
    )

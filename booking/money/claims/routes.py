"""Claims: a host makes them, treasurer and lead decide, the treasurer pays."""

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.days.events.routes import blueprints as event_blueprints
from booking.domain import claiming, ledger, money, permissions
from booking.domain.claiming import OVER, TO_DECIDE, CostClaimState, NotYourClaim
from booking.domain.permissions import Action, Scope
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.files import refusals as file_refusals
from booking.foundation.files.imports import BYTES_MAX
from booking.foundation.web import acts, redirects, uploads
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals, editing
from booking.foundation.web.paging import asked_page, page_of
from booking.money.claims import forms, locks, pages, queries, refusals, service, shelf
from booking.money.claims.models import CostClaim
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund

claims = Blueprint("claims", __name__)
# A receipt that is too large is refused in words.
uploads.admit(claims, {"claims.of_event"}, bytes_max=2 * BYTES_MAX)
_MB = 1024 * 1024

CLAIM_REFUSALS: Refusals = {
    refusals.CostClaimRefused: "",
    refusals.NothingTookPlace: "",
    claiming.MoveNotAllowed: "",
    file_refusals.ShelfIsFull: "receipt",
}
DECIDE_REFUSALS: Refusals = {
    ReasonMissing: "reason",
    NotYourClaim: "decision",
    claiming.MoveNotAllowed: "",
}
PAY_REFUSALS: Refusals = {
    NotYourClaim: "",
    claiming.MoveNotAllowed: "",
    fund.NotEnoughMoney: "account",
    fund.DateInFuture: "paid_on",
    ledger.YearIsClosed: "paid_on",
}


def load_claim(public_id: str) -> CostClaim | None:
    """Return the claim at an address."""
    return queries.by_public_id(public_id)


def scope_of(claim: CostClaim) -> Scope:
    """Return what a claim belongs to: the host school, and its claimant."""
    return Scope(claim.event.host_school_id, claim.event_id, claim.claimant_id)


@claims.route("/host/events/<slug>/claims", methods=["GET", "POST"])
@requires(
    Action.EDIT_EVENT,
    load=event_blueprints.load_event,
    scope=event_blueprints.scope_of,
    name="event",
)
def of_event(event: Event) -> ResponseReturnValue:
    """Show what an event cost and what was claimed, and claim something more."""
    form = forms.NewCostClaimForm()
    form.offer(event)
    done = form.carry_out(
        lambda: service.claim(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            details=form.details(),
            receipt=form.upload,
            quota_bytes=int(current_app.config["FILES_MB_PER_SCHOOL"]) * _MB,
        ),
        CLAIM_REFUSALS,
    )
    if done:
        flash("Sent. The treasurer decides, and you hear by e-mail.", "success")
        return redirects.see(_address(done.result))
    found = queries.of_event(event.id)
    return form.page(
        "money/claims/event.html",
        event=event,
        claims=found,
        budget=pages.budget(event, found),
        words=claiming.words,
    )


@claims.get("/claims/<public_id>")
@requires(Action.SEE_CLAIM, load=load_claim, scope=scope_of, name="claim")
def show(claim: CostClaim) -> str:
    """Show a claim: how far it has got, its receipts, and what can be done."""
    actor = current_user.actor
    mine = permissions.may(actor, Action.KEEP_CLAIM, scope_of(claim))
    keeps_fund = permissions.may(actor, Action.KEEP_FUND)
    return render_template(
        "money/claims/claim.html",
        claim=claim,
        state=claiming.words(claim.state),
        facts=pages.facts(claim),
        shelf=shelf.panel(claim, actor=actor),
        may_host=permissions.may(actor, Action.EDIT_EVENT, scope_of(claim)),
        may_change=mine and claim.state is CostClaimState.RETURNED,
        may_withdraw=mine and claiming.may_move(claim.state, CostClaimState.WITHDRAWN),
        may_decide=permissions.may(actor, Action.DECIDE_CLAIMS)
        and claim.state not in OVER | {CostClaimState.RETURNED},
        may_pay=keeps_fund and claim.state is CostClaimState.APPROVED,
        may_undo=keeps_fund and claim.state is CostClaimState.PAID,
        of_network=permissions.may(actor, Action.SEE_FUND),
    )


@claims.route("/claims/<public_id>/change", methods=["GET", "POST"])
@requires(Action.KEEP_CLAIM, load=load_claim, scope=scope_of, name="claim")
def change(claim: CostClaim) -> ResponseReturnValue:
    """Change a claim for which more was asked, and send it again."""
    form = editing(
        lambda: forms.CostClaimForm(data=forms.filled(claim)),
        claim,
        changed_by=("claim_cost_again",),
        lock=lambda: locks.claim(claim.id),
    )
    form.offer(claim.event)
    if form.carry_out(
        lambda: service.send_again(
            actor=current_user.actor, now=clock.now(), claim=claim, details=form.details()
        ),
        CLAIM_REFUSALS,
    ):
        flash("Sent again. The treasurer decides, and you hear by e-mail.", "success")
        return redirects.see(_address(claim))
    return form.page("money/claims/change.html", claim=claim)


@claims.post("/claims/<public_id>/withdraw")
@requires(Action.KEEP_CLAIM, load=load_claim, scope=scope_of, name="claim")
def withdraw(claim: CostClaim) -> ResponseReturnValue:
    """Withdraw a claim."""
    if acts.attempt(
        lambda: service.withdraw(actor=current_user.actor, now=clock.now(), claim=claim),
        claiming.MoveNotAllowed,
    ):
        flash("Withdrawn. Nothing will be paid.", "success")
    return redirects.see(_address(claim))


@claims.route("/claims/<public_id>/decide", methods=["GET", "POST"])
@requires(Action.DECIDE_CLAIMS, load=load_claim, scope=scope_of, name="claim")
def decide(claim: CostClaim) -> ResponseReturnValue:
    """Approve a claim, ask for more, or refuse it."""
    form = forms.DecideClaimForm()
    if form.carry_out(lambda: _decide(claim, form), DECIDE_REFUSALS):
        flash(f"{claiming.words(claim.state).label}.", "success")
        return redirects.see(_address(claim))
    return form.page(
        "money/claims/decide.html",
        claim=claim,
        facts=pages.facts(claim),
        shelf=shelf.panel(claim, actor=current_user.actor),
        is_open=claim.state in TO_DECIDE,
        alone_up_to=money.pounds(fund_queries.alone_up_to_pence()),
    )


def _decide(claim: CostClaim, form: forms.DecideClaimForm) -> CostClaim:
    actor, now, reason = current_user.actor, clock.now(), form.reason.data or ""
    if form.decision.data == forms.APPROVE:
        return service.approve(actor=actor, now=now, claim=claim)
    act = service.refuse if form.decision.data == forms.REFUSE else service.send_back
    return act(actor=actor, now=now, claim=claim, reason=reason)


@claims.route("/claims/<public_id>/pay", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_claim, scope=scope_of, name="claim")
def pay(claim: CostClaim) -> ResponseReturnValue:
    """Record that an approved claim was paid."""
    form = forms.PayClaimForm()
    if form.carry_out(
        lambda: service.pay(
            actor=current_user.actor,
            now=clock.now(),
            claim=claim,
            account=form.account.data,
            paid_on=form.paid_on.data,
        ),
        PAY_REFUSALS,
    ):
        flash("Recorded in the ledger, and the claimant is told.", "success")
        return redirects.see(_address(claim))
    if not form.is_submitted() and claim.state is not CostClaimState.APPROVED:
        return redirects.see(_address(claim))
    return form.page(
        "money/claims/pay.html",
        claim=claim,
        facts=pages.facts(claim),
        shelf=shelf.panel(claim, actor=current_user.actor),
    )


@claims.route("/claims/<public_id>/undo-payment", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_claim, scope=scope_of, name="claim")
def undo_payment(claim: CostClaim) -> ResponseReturnValue:
    """Take back that a claim was paid: it was recorded by mistake."""
    form = fund_forms.UndoForm()
    if form.undone(
        lambda reason: service.undo_payment(
            actor=current_user.actor, now=clock.now(), claim=claim, reason=reason
        ),
        "The payment has been undone. The claim is waiting to be paid.",
    ):
        return redirects.see(_address(claim))
    if not form.is_submitted() and claim.state is not CostClaimState.PAID:
        return redirects.see(_address(claim))
    return form.page(
        "_layouts/undo.html",
        heading="Undo the payment",
        caption=claim.title,
        here=_address(claim),
        here_label="The claim",
        happens=[
            f"The claim of {money.pounds(claim.pence)} is approved and waits to be paid.",
            "The payment’s entry in the ledger is reversed, and the claimant is told why.",
        ],
        **fund_queries.second_person(claim.entry.key if claim.entry else ""),
    )


@claims.get("/fund/claims")
@requires(Action.SEE_FUND)
def all_claims() -> str:
    """List the claims of the network: those that wait, or all."""
    waiting = "all" not in request.args
    return render_template(
        "money/claims/all.html",
        page=page_of(queries.all_claims(waiting=waiting), number=asked_page()),
        waiting=waiting,
        words=claiming.words,
    )


def _address(claim: CostClaim) -> str:
    return url_for("claims.show", public_id=claim.public_id)

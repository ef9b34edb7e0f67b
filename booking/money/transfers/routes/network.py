"""The treasurer's pages: what is offered, what came without a reference, what is sent back."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english, money, permissions, transferring
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, addresses, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals, editing
from booking.foundation.web.paging import asked_page, page_of
from booking.money.checkout import ledger_keys
from booking.money.checkout import service as checkout
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
from booking.money.fund.routes.blueprint import network_wide
from booking.money.payments import service as payments
from booking.money.payments.models import PaymentLine, Refund
from booking.money.transfers import queries, service
from booking.money.transfers.forms import ByHandForm, TransfersForm
from booking.money.transfers.routes.blueprint import account, transfers

#: The field beside which a refusal is shown; the others go at the top.
BY_HAND_REFUSALS: Refusals = {
    transferring.ReferenceWrong: "reference",
    service.UnknownReference: "reference",
    service.NoTransferArrived: "line",
    payments.AmountTooLarge: "line",
}


@transfers.get("/fund/transfers/")
@requires(Action.SEE_FUND)
def home() -> ResponseReturnValue:
    """Show what families are offered, what is to be sent back and what has come."""
    return render_template("money/transfers/home.html", form=_offer_form(), **_facts()), 200


def _facts() -> dict[str, object]:
    return {
        "to": account(),
        "is_wanted": queries.is_wanted(),
        "is_offered": queries.is_offered(account()),
        "to_send_back": queries.to_send_back(),
        "page": page_of(queries.recorded(), number=asked_page()),
        "may_keep": permissions.may(current_user.actor, Action.KEEP_FUND),
        "may_steer": permissions.may(current_user.actor, Action.STEER_FUND),
    }


def _offer_form() -> TransfersForm:
    return editing(
        lambda: TransfersForm(offered=queries.is_wanted()), changed_by=("offer_transfers",)
    )


@transfers.post("/fund/transfers/")
@requires(Action.STEER_FUND)
def offer() -> ResponseReturnValue:
    """Say whether families may pay by bank transfer."""
    form = _offer_form()
    if form.carry_out(
        lambda: service.set_offered(
            actor=current_user.actor, now=clock.now(), offered=bool(form.offered.data)
        )
    ):
        flash("Saved.", "success")
        return redirects.see(url_for(".home"))
    return form.page("money/transfers/home.html", **_facts())


@transfers.post("/fund/transfers/arrived")
@requires(Action.KEEP_FUND)
def record_arrived() -> ResponseReturnValue:
    """Record the transfers that were ticked on the bank's page, and match their lines."""
    lines = request.form.getlist("line")
    done = acts.attempt(
        lambda: service.record_arrived(actor=current_user.actor, now=clock.now(), lines=lines),
        service.NoTransferArrived,
        payments.AmountTooLarge,
    )
    if done:
        recorded = english.plural(done.result, "transfer is", "transfers are")
        flash(f"{recorded} recorded and matched.", "success")
    return redirects.see(addresses.FUND_BANK_MATCHING())


@transfers.route("/fund/transfers/by-hand", methods=["GET", "POST"])
@requires(Action.KEEP_FUND)
def by_hand() -> ResponseReturnValue:
    """Record a transfer whose reference was missing or wrong."""
    form = ByHandForm().offer_lines()
    if not form.line.choices and request.method == "POST":
        flash("Every line that brought money is matched by now.", "error")
        return redirects.see(url_for(".by_hand"))
    if form.carry_out(
        lambda: service.record_by_hand(
            actor=current_user.actor, now=clock.now(), line=form.line.data, number=form.number
        ),
        BY_HAND_REFUSALS,
    ):
        flash("Recorded and matched with its line. The family has a receipt.", "success")
        return redirects.see(url_for(".home"))
    return form.page("money/transfers/by_hand.html")


def load_refund(public_id: str) -> Refund | None:
    """Return the refund of a transfer at an address."""
    return queries.refund(public_id)


def load_line(public_id: str) -> PaymentLine | None:
    """Return the transfer at an address."""
    return queries.line(public_id)


@transfers.post("/fund/transfers/refunds/<public_id>/sent")
@requires(Action.KEEP_FUND, load=load_refund, scope=network_wide, name="refund")
def sent_back(refund: Refund) -> ResponseReturnValue:
    """Record that money was sent back."""
    if acts.attempt(
        lambda: service.mark_sent_back(actor=current_user.actor, now=clock.now(), refund=refund),
        payments.NotWaiting,
    ):
        flash("Recorded. Match it when the bank’s statement shows it.", "success")
    return redirects.see(url_for(".home"))


@transfers.route("/fund/transfers/<public_id>/undo", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_line, scope=network_wide, name="line")
def undo(line: PaymentLine) -> ResponseReturnValue:
    """Take back a transfer that was recorded for the wrong place."""
    form, here = fund_forms.UndoForm(), url_for(".home")
    if form.undone(
        lambda reason: checkout.undo_receipt(
            actor=current_user.actor, now=clock.now(), line=line, reason=reason
        ),
        "The transfer has been undone. Undo its match at the bank to record it again.",
    ):
        return redirects.see(here)
    if not form.is_submitted() and line.payment.undone_at is not None:
        return redirects.see(here)
    return form.page(
        "_layouts/undo.html",
        heading=f"Undo the transfer {line.payment.reference}",
        caption="Transfers",
        here=here,
        here_label="Transfers",
        happens=[
            f"The family reads that {money.pounds(line.amount_pence)} has not been received, and "
            "why. A place that was confirmed stays so.",
            "Its entry in the ledger is reversed. Undo its match at the bank, and the line can be "
            "recorded again.",
        ],
        **fund_queries.second_person(ledger_keys.payment_key(line)),
    )

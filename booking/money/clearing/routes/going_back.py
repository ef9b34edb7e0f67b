"""Money on its way back: the progress of each event, and what to do about failed refunds."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import money
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.paging import asked_page, page_of
from booking.money.checkout import ledger_keys
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout import service as checkout
from booking.money.clearing import forms
from booking.money.clearing.routes.blueprint import clearing
from booking.money.clearing.routes.explaining import may_keep, network_wide
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import Instead, Refund

REFUSALS = (payments.NotFailed, payments.Disputed, payments.MoreThanLeft, payments.NothingToRefund)
#: How many failed refunds are shown; the rest follow once these are done.
FAILED_SHOWN = 20


def load_failed(refund_id: str) -> Refund | None:
    """Return the refund at an address, if it has failed."""
    refund = payment_queries.refund_by_reference(refund_id)
    return refund if refund is not None and payments.went_wrong(refund) else None


@clearing.get("/fund/refunds")
@requires(Action.SEE_FUND)
def going_back() -> ResponseReturnValue:
    """Show the progress of each event's refunds, and what failed."""
    page = page_of(checkout_queries.events_with_refunds(), number=asked_page(), size=20)
    failed = page_of(checkout_queries.failed_refunds(), number=1, size=FAILED_SHOWN)
    return render_template(
        "money/clearing/going_back.html",
        page=page,
        progress=checkout_queries.progress(page.items),
        short=checkout_queries.short_refunds(),
        failed=failed,
        paid_for=checkout_queries.paid_for([refund.payment_id for refund in failed.items]),
        choice_days=checkout.CHOICE_DAYS,
        may_keep=may_keep(),
    )


@clearing.post("/fund/refunds/<refund_id>/try-again")
@requires(Action.KEEP_FUND, load=load_failed, scope=network_wide, name="refund")
def try_again(refund: Refund) -> ResponseReturnValue:
    """Ask the processor again."""
    if acts.attempt(
        lambda: checkout.try_again(actor=current_user.actor, now=clock.now(), refund=refund),
        *REFUSALS,
    ):
        flash(
            "We will ask the card processor again within a few minutes. The family will be told.",
            "success",
        )
    return redirects.see(url_for("clearing.going_back"))


@clearing.get("/fund/refunds/<refund_id>/hand-back")
@requires(Action.KEEP_FUND, load=load_failed, scope=network_wide, name="refund")
def hand_back(refund: Refund) -> ResponseReturnValue:
    """Ask how it was paid back."""
    return _hand_back_page(refund, forms.HandBackForm(formdata=None))


@clearing.post("/fund/refunds/<refund_id>/hand-back")
@requires(Action.KEEP_FUND, load=load_failed, scope=network_wide, name="refund")
def record_hand_back(refund: Refund) -> ResponseReturnValue:
    """Record that it was paid back another way."""
    form: Any = forms.HandBackForm()
    if form.carry_out(
        lambda: checkout.hand_back(
            actor=current_user.actor,
            now=clock.now(),
            refund=refund,
            by=Instead(form.by.data),
            note=form.note.data,
        ),
        dict.fromkeys(REFUSALS, "by"),
    ):
        flash("Recorded as paid back. The family will be told.", "success")
        return redirects.see(url_for("clearing.going_back"))
    return _hand_back_page(refund, form), 422


def _hand_back_page(refund: Refund, form: Any) -> str:
    return render_template("money/clearing/hand_back.html", refund=refund, form=form)


def load_handed_back(refund_id: str) -> Refund | None:
    """Return the refund at an address; what the card processor refunded is not undone here."""
    return payment_queries.refund_by_reference(refund_id)


@clearing.route("/fund/refunds/<refund_id>/undo", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_handed_back, scope=network_wide, name="refund")
def undo_hand_back(refund: Refund) -> ResponseReturnValue:
    """Take back that a failed refund was handed back another way."""
    form, here = fund_forms.UndoForm(), url_for("clearing.going_back")
    if form.undone(
        lambda reason: checkout.undo_refund(
            actor=current_user.actor, now=clock.now(), refund=refund, reason=reason
        ),
        "The refund has been undone. It is on the list of failed refunds again.",
    ):
        return redirects.see(here)
    return form.page(
        "_layouts/undo.html",
        heading=f"Undo the refund of {money.pounds(refund.amount_pence)}",
        caption="Refunds",
        here=here,
        here_label="Refunds",
        happens=[
            "It is on the list of refunds that failed again, and the family is told why.",
            "Its entry in the ledger is reversed.",
        ],
        **fund_queries.second_person(ledger_keys.refund_key(refund)),
    )

"""Money on its way back: how far each event is, and what to do about refunds that failed."""

from typing import Any

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking import clock
from booking.checkout import bank_forms, bank_queries, service
from booking.checkout.routes.blueprints import checkout
from booking.checkout.routes.explaining import may_keep, network_wide
from booking.db import transaction
from booking.domain.permissions import Action
from booking.payments import queries as payments
from booking.payments import service as paying
from booking.payments.models import Instead, Refund
from booking.web import redirects
from booking.web.access import requires
from booking.web.paging import asked_page, page_of

REFUSALS = (paying.NotFailed, paying.Disputed, paying.MoreThanLeft, paying.NothingToRefund)
#: Failed refunds shown at once; the rest follow when these are done.
FAILED_SHOWN = 20


def load_failed(refund_id: str) -> Refund | None:
    """Find the refund that an address names, if it could not be paid out."""
    refund = payments.refund_by_reference(refund_id)
    return refund if refund is not None and paying.went_wrong(refund) else None


@checkout.get("/fund/refunds")
@requires(Action.SEE_FUND)
def going_back() -> ResponseReturnValue:
    """Show how far the money of each event is on its way back, and what failed."""
    page = page_of(bank_queries.events_with_refunds(), number=asked_page(), size=20)
    return render_template(
        "checkout/going_back.html",
        page=page,
        progress=bank_queries.progress(page.items),
        failed=page_of(bank_queries.failed_refunds(), number=1, size=FAILED_SHOWN),
        choice_days=service.CHOICE_DAYS,
        may_keep=may_keep(),
    )


@checkout.post("/fund/refunds/<refund_id>/try-again")
@requires(Action.KEEP_FUND, load=load_failed, scope=network_wide, name="refund")
def try_again(refund: Refund) -> ResponseReturnValue:
    """Ask the bank once more."""
    try:
        with transaction():
            service.try_again(actor=current_user.actor, now=clock.now(), refund=refund)
    except REFUSALS as error:
        flash(str(error), "error")
    else:
        flash("The bank is asked again within a few minutes. The family is told.", "success")
    return redirects.see(url_for("checkout.going_back"))


@checkout.get("/fund/refunds/<refund_id>/hand-back")
@requires(Action.KEEP_FUND, load=load_failed, scope=network_wide, name="refund")
def hand_back(refund: Refund) -> ResponseReturnValue:
    """Ask how it was handed back."""
    return _hand_back_page(refund, bank_forms.HandBackForm(formdata=None))


@checkout.post("/fund/refunds/<refund_id>/hand-back")
@requires(Action.KEEP_FUND, load=load_failed, scope=network_wide, name="refund")
def record_hand_back(refund: Refund) -> ResponseReturnValue:
    """Record that it was handed back another way."""
    form: Any = bank_forms.HandBackForm()
    if form.validate():
        try:
            with transaction():
                service.hand_back(
                    actor=current_user.actor,
                    now=clock.now(),
                    refund=refund,
                    by=Instead(form.by.data),
                    note=form.note.data,
                )
        except REFUSALS as error:
            form.refuse(str(error), field="by")
        else:
            flash("Recorded as given back. The family is told.", "success")
            return redirects.see(url_for("checkout.going_back"))
    return _hand_back_page(refund, form), 422


def _hand_back_page(refund: Refund, form: Any) -> str:
    return render_template("checkout/hand_back.html", refund=refund, form=form)

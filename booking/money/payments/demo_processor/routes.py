"""The demo card processor's payment page, and its back office: all the money is pretend."""

from flask import Blueprint, abort, flash, render_template, url_for
from flask.typing import ResponseReturnValue

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token, requires
from booking.money.payments import gateway
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor import forms, office
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.payments.demo_processor.models import DemoSession

blueprint = Blueprint("demo_processor", __name__, url_prefix="/demo-processor")


@blueprint.get("/office")
@requires(Action.KEEP_FUND)
def back_office() -> ResponseReturnValue:
    """Show what has moved, and what the processor or a cardholder might do next."""
    now = clock.now()
    return render_template(
        "money/demo_processor/office.html",
        held_pence=demo_books.balance_pence(now),
        groups=[
            ("Payments", office.payments(now)),
            ("Refunds", office.refunds(now)),
            ("Payouts", office.payouts()),
        ],
    )


@blueprint.post("/office")
@requires(Action.KEEP_FUND)
def act_in_office() -> ResponseReturnValue:
    """Do what a button says; the booking system finds out when it next asks."""
    form = forms.OfficeForm()
    if not form.validate():
        flash("There is no such button. Open the page again.", "error")
        return redirects.see(url_for("demo_processor.back_office"))
    try:
        acts.run(lambda: office.act(form.action.data, form.about.data or "", clock.now()))
    except gateway.GatewayRefused as error:
        flash(f"{error}".capitalize(), "warning")
    else:
        flash(
            "Done. Fairplace will find out when it next asks the card processor: see Payouts.",
            "success",
        )
    return redirects.see(url_for("demo_processor.back_office"))


@blueprint.get("/<session_id>")
@by_token("demo payment page")
def pay_page(session_id: str) -> ResponseReturnValue:
    """Show what would be paid, and to whom."""
    return _page(_found(session_id), forms.OutcomeForm(formdata=None))


@blueprint.post("/<session_id>")
@by_token("demo payment page")
def pay(session_id: str) -> ResponseReturnValue:
    """Do what the visitor chose, then send them where a real processor would."""
    form = forms.OutcomeForm()
    if not form.validate():
        return _page(_found(session_id), form), 422
    done = acts.attempt(
        lambda: _apply(_found(session_id, locked=True), form.outcome.data),
        gateway.SessionNotOpen,
        level="warning",
    )
    return redirects.see(done.result if done else url_for(".pay_page", session_id=session_id))


def _apply(row: DemoSession, outcome: str) -> str:
    if outcome == forms.DECLINE:
        demo_gateway.decline(row=row)
        return url_for(".pay_page", session_id=row.id)
    demo_gateway.pay(row=row, now=clock.now(), slowly=outcome == forms.SLOW)
    return row.success_url


def _found(session_id: str, *, locked: bool = False) -> DemoSession:
    try:
        return demo_gateway.found(session_id, locked=locked)
    except gateway.GatewayRefused:
        abort(404)


def _page(row: DemoSession, form: forms.OutcomeForm) -> str:
    return render_template(
        "money/demo_processor/page.html", row=row, form=form, state=demo_gateway.state(row).value
    )

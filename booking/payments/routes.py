"""The demo bank's payment page: pay, decline or pay slowly, with nothing but pretend money."""

from flask import Blueprint, abort, flash, render_template
from flask.typing import ResponseReturnValue

from booking import clock
from booking.db import transaction
from booking.payments import demo_gateway, forms, gateway
from booking.payments.models import BankSession
from booking.web import redirects
from booking.web.access import by_token

blueprint = Blueprint("demo_bank", __name__, url_prefix="/demo-bank")


@blueprint.get("/<session_id>")
@by_token("demo bank page")
def pay_page(session_id: str) -> ResponseReturnValue:
    """Show what would be paid, and to whom."""
    return _page(_found(session_id), forms.OutcomeForm(formdata=None))


@blueprint.post("/<session_id>")
@by_token("demo bank page")
def pay(session_id: str) -> ResponseReturnValue:
    """Do what the visitor chose, then go back where a real bank would go."""
    form = forms.OutcomeForm()
    if not form.validate():
        return _page(_found(session_id), form), 422
    try:
        with transaction():
            url = _apply(_found(session_id, locked=True), form.outcome.data)
    except gateway.SessionNotOpen as error:
        flash(str(error), "warning")
        url = f"{demo_gateway.PATH}{session_id}"
    return redirects.see(url)


def _apply(row: BankSession, outcome: str) -> str:
    if outcome == forms.DECLINE:
        demo_gateway.decline(row=row)
        return f"{demo_gateway.PATH}{row.id}"
    demo_gateway.pay(row=row, now=clock.now(), slowly=outcome == forms.SLOW)
    return row.success_url


def _found(session_id: str, *, locked: bool = False) -> BankSession:
    try:
        return demo_gateway.found(session_id, locked=locked)
    except gateway.GatewayRefused:
        abort(404)


def _page(row: BankSession, form: forms.OutcomeForm) -> str:
    return render_template(
        "demo_bank/page.html", row=row, form=form, state=demo_gateway.state(row).value
    )

"""Money of a cancelled event: the family may have it at once, or give it instead."""

from flask import flash
from flask.typing import ResponseReturnValue

from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.foundation.web import redirects
from booking.foundation.web.access import by_token
from booking.money.checkout import forms, queries, service
from booking.money.checkout.models import Choice, RefundChoice
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.visits import page, visit

DONE = {
    Choice.GIFT: "Thank you for your gift to the CPD fund.",
    Choice.REFUND: "Your money goes back now. We write to you when it has gone.",
}


@parent.get("/<token>/refund")
@by_token("parent link")
def refund_choice(token: str) -> ResponseReturnValue:
    """Say when the money goes back, with two answers of equal weight."""
    return _page(token, forms.ChoiceForm(formdata=None))


@parent.post("/<token>/refund")
@by_token("parent link")
def choose_refund(token: str) -> ResponseReturnValue:
    """Record what the family chose; nothing chosen means that the money goes back."""
    form = forms.ChoiceForm()
    if not form.validate():
        return _page(token, form), 422
    choice = Choice(form.choice.data)
    try:
        with transaction():
            seen = visit(token)
            row = _chosen(seen.booking.id, form.refund.data)
            if row is not None:
                service.choose(
                    actor=PARENT,
                    now=clock.now(),
                    refund=row.refund,
                    choice=choice,
                    parent_id=seen.parent.id,
                )
                flash(DONE[choice], "success")
    except service.TooLate as error:
        flash(str(error), "warning")
    return redirects.see(f"/parent/{token}/refund")


def _chosen(booking_id: int, refund_id: str) -> RefundChoice | None:
    rows = queries.choices_of_booking(booking_id)
    return next((row for row in rows if row.refund.public_id == refund_id), None)


def _page(token: str, form: forms.ChoiceForm) -> str:
    seen, now = visit(token), clock.now()
    rows = queries.choices_of_booking(seen.booking.id)
    return page(
        "refund_choice",
        seen,
        form=form,
        choices=[service.choice_shown(row, now) for row in rows],
    )

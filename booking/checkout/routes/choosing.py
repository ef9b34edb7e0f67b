"""Money of a cancelled event: the family may have it at once, or give it instead."""

from flask import flash
from flask.typing import ResponseReturnValue

from booking import clock
from booking.checkout import bank_forms, bank_queries, service
from booking.checkout.models import Choice, RefundChoice
from booking.checkout.routes.blueprints import parent
from booking.checkout.routes.visits import page, visit
from booking.db import transaction
from booking.domain.permissions import PARENT
from booking.web import redirects
from booking.web.access import by_token

DONE = {
    Choice.GIFT: "Thank you for your gift to the CPD fund.",
    Choice.REFUND: "Your money goes back now. We write to you when it has gone.",
}


@parent.get("/<token>/refund")
@by_token("parent link")
def refund_choice(token: str) -> ResponseReturnValue:
    """Say when the money goes back, with two answers of equal weight."""
    return _page(token, bank_forms.ChoiceForm(formdata=None))


@parent.post("/<token>/refund")
@by_token("parent link")
def choose_refund(token: str) -> ResponseReturnValue:
    """Record what the family chose; nothing chosen means that the money goes back."""
    form = bank_forms.ChoiceForm()
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
    rows = bank_queries.choices_of_booking(booking_id)
    return next((row for row in rows if row.refund.public_id == refund_id), None)


def _page(token: str, form: bank_forms.ChoiceForm) -> str:
    seen, now = visit(token), clock.now()
    rows = bank_queries.choices_of_booking(seen.booking.id)
    return page(
        "refund_choice",
        seen,
        form=form,
        choices=[service.choice_shown(row, now) for row in rows],
    )

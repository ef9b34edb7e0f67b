"""Money from a cancelled event: the family may have it back at once, or give it instead."""

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token
from booking.money.checkout import forms, pages, queries, service
from booking.money.checkout.models import Choice
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.visits import page, visit

DONE = {
    Choice.GIFT: "Thank you for your gift to teachers’ training.",
    Choice.REFUND: "We are sending your money back now. We will write to you when it has gone.",
}


@parent.get("/<token>/refund")
@by_token("parent link")
def refund_choice(token: str) -> ResponseReturnValue:
    """Say when the money goes back, with two answers of equal weight."""
    return _page(token, forms.ChoiceForm(formdata=None))


@parent.post("/<token>/refund")
@by_token("parent link")
def choose_refund(token: str) -> ResponseReturnValue:
    """Record what the family chose; if it chooses nothing, the money goes back."""
    form = forms.ChoiceForm()
    if not form.validate():
        return _page(token, form), 422
    choice = Choice(form.choice.data)
    done = acts.attempt(
        lambda: _choose(visit(token), form.refund.data, choice),
        service.ChoiceIsOver,
        level="warning",
    )
    if done and done.result:
        flash(DONE[choice], "success")
    return redirects.see(url_for("parent.refund_choice", token=token))


def _choose(seen: pages.Visit, refund_id: str, choice: Choice) -> bool:
    """Record a choice; return whether there was one to make."""
    rows = queries.choices_of_parent(seen.booking.id, seen.parent.id)
    row = next((row for row in rows if row.refund.public_id == refund_id), None)
    if row is None:
        return False
    service.choose(
        actor=PARENT,
        now=clock.now(),
        refund=row.refund,
        choice=choice,
        parent_id=seen.parent.id,
    )
    return True


def _page(token: str, form: forms.ChoiceForm) -> str:
    seen, now = visit(token), clock.now()
    rows = queries.choices_of_parent(seen.booking.id, seen.parent.id)
    return page(
        "refund_choice",
        seen,
        form=form,
        choices=[service.choice_shown(row, now) for row in rows],
    )

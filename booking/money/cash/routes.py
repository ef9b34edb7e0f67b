"""A school's cash and cheques: the list to take to the bank, and the record that they were."""

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import ledger
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.foundation.web.paging import asked_page, page_of
from booking.money.cash import queries, service
from booking.money.cash.forms import BankedForm
from booking.money.fund import service as fund
from booking.people.schools import acting

cash = Blueprint("cash", __name__)

#: The field beside which a refusal is shown; the others go at the top.
REFUSALS: Refusals = {
    service.SlipMissing: "reference",
    service.ListChanged: "",
    fund.NotEnoughMoney: "",
    fund.DateInFuture: "banked_on",
    ledger.YearIsClosed: "banked_on",
}


@cash.route("/school/cash/", methods=["GET", "POST"])
@requires(Action.KEEP_FUNDING)
def banked() -> ResponseReturnValue:
    """List what to take to the bank, and record that it was taken."""
    school, form = acting.school(), BankedForm()
    if form.carry_out(lambda: _bank(form), REFUSALS):
        flash("Recorded. Thank you for counting.", "success")
        return redirects.see(url_for(".banked"))
    listed = queries.to_bank(school.id)
    pence = sum(item.pence for item in listed)
    form.listed.data = ",".join(item.payment.public_id for item in listed)
    form.listed_pence.data = str(pence)
    return form.page(
        "money/cash/cash.html",
        school=school,
        listed=listed,
        pence=pence,
        full=len(listed) == queries.LIST_MAX,
        page=page_of(queries.pay_ins(school.id), number=asked_page()),
    )


def _bank(form: BankedForm) -> object:
    banked_on = form.banked_on.data
    assert banked_on is not None, "the form asks for it"
    return service.bank(
        actor=current_user.actor,
        now=clock.now(),
        school=acting.school(),
        listed=list(filter(None, (form.listed.data or "").split(","))),
        listed_pence=int(form.listed_pence.data or 0),
        reference=form.reference.data or "",
        banked_on=banked_on,
    )

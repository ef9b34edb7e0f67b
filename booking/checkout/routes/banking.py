"""A school's cash and cheques: the list to take to the bank, and that they were taken."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking import clock
from booking.checkout import banking_queries as queries
from booking.checkout.forms import BankedForm
from booking.checkout.routes.blueprints import checkout
from booking.checkout.service import banking
from booking.domain import ledger
from booking.domain.permissions import Action
from booking.fund import service as fund
from booking.schools import acting
from booking.web import redirects
from booking.web.access import requires
from booking.web.forms import Refusals
from booking.web.paging import asked_page, page_of

#: Which field a refusal is shown beside; the rest go to the top.
REFUSALS: Refusals = (
    (banking.SlipMissing, "reference"),
    (banking.ListChanged, ""),
    (fund.NotEnoughMoney, ""),
    (fund.DateInFuture, "banked_on"),
    (ledger.YearIsClosed, "banked_on"),
)


@checkout.route("/school/cash/", methods=["GET", "POST"])
@requires(Action.KEEP_FUNDING)
def cash() -> ResponseReturnValue:
    """List what to take to the bank; record that it was taken."""
    school, form = acting.school(), BankedForm()
    if form.validate_on_submit() and _banked(form):
        flash("It is recorded. Thank you for counting.", "success")
        return redirects.see(url_for(".cash"))
    listed = queries.to_bank(school.id)
    pence = sum(item.pence for item in listed)
    form.listed.data = ",".join(item.payment.public_id for item in listed)
    form.listed_pence.data = str(pence)
    shown = render_template(
        "checkout/cash.html",
        school=school,
        listed=listed,
        pence=pence,
        full=len(listed) == queries.LIST_MAX,
        form=form,
        page=page_of(queries.pay_ins(school.id), number=asked_page()),
    )
    return (shown, 422) if form.is_submitted() else shown


def _banked(form: BankedForm) -> bool:
    banked_on = form.banked_on.data
    assert banked_on is not None, "the form asks for it"
    return form.carry_out(
        lambda: banking.bank(
            actor=current_user.actor,
            now=clock.now(),
            school=acting.school(),
            listed=list(filter(None, (form.listed.data or "").split(","))),
            listed_pence=int(form.listed_pence.data or 0),
            reference=form.reference.data or "",
            banked_on=banked_on,
        ),
        REFUSALS,
    )

"""A school's cash and cheques: the list to take to the bank, and the record that they were."""

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import ledger, money
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.foundation.web.paging import asked_page, page_of
from booking.money.cash import queries, service
from booking.money.cash.forms import BankedForm
from booking.money.checkout.models import PayIn
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
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


def load_pay_in(public_id: str) -> PayIn | None:
    """Return the paying-in slip at an address."""
    return queries.pay_in(public_id)


def scope_of(pay_in: PayIn) -> Scope:
    """Return what a slip belongs to: its school."""
    return Scope(school_id=pay_in.school_id)


@cash.route("/school/cash/<public_id>/undo", methods=["GET", "POST"])
@requires(Action.KEEP_FUNDING, load=load_pay_in, scope=scope_of, name="pay_in")
def undo(pay_in: PayIn) -> ResponseReturnValue:
    """Take a paying-in slip back that was recorded by mistake."""
    form, here = fund_forms.UndoForm(), url_for(".banked")
    if form.undone(
        lambda reason: service.undo(
            actor=current_user.actor, now=clock.now(), pay_in=pay_in, reason=reason
        ),
        "The slip has been undone. Its money is on your list again.",
    ):
        return redirects.see(here)
    if not form.is_submitted() and pay_in.undone_at is not None:
        return redirects.see(here)
    return form.page(
        "_layouts/undo.html",
        heading=f"Undo slip {pay_in.reference}",
        caption="Cash and cheques",
        here=here,
        here_label="Cash and cheques",
        happens=[
            f"{money.pounds(pay_in.amount_pence)} is in your cash box again, and on your list to "
            "take to the bank.",
            "The slip’s entry in the ledger is reversed, and the treasurer is told why.",
        ],
        **fund_queries.second_person(service.key_of(pay_in)),
    )

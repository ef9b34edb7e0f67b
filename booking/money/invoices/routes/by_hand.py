"""Write an invoice by hand: fill it in, check it with the schools it goes to, send it."""

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english, payee
from booking.domain.ledger import accounts
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.invoices import service
from booking.money.invoices.forms import WriteForm
from booking.money.invoices.routes.blueprint import REFUSALS, invoices, paid_to
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

#: A refusal that is not whole names its own field.
HERE: Refusals = {**REFUSALS, service.InvoiceNotWhole: "", fund.FundClosed: "fund"}
#: So many schools are named on the page that is checked; the others are counted.
NAMED = 30


@invoices.route("/fund/invoices/new", methods=["GET", "POST"])
@requires(Action.KEEP_FUND)
def write_by_hand() -> ResponseReturnValue:
    """Ask what the invoice says; a POST shows what would be sent to whom, and writes nothing."""
    form, schools = _form()
    if "change" in request.form:
        return _page(form)
    if not form.validate_on_submit():
        return _ask(form)
    try:
        payee.check(paid_to())
        service.check_written(form.written(), now=clock.now())
    except (payee.PayeeMissing, service.InvoiceNotWhole) as refusal:
        form.show_refusal(refusal, HERE)
        return _ask(form)
    return _check(form, form.schools(schools))


@invoices.post("/fund/invoices/new/send")
@requires(Action.KEEP_FUND)
def send_written() -> ResponseReturnValue:
    """Send the invoice that was checked."""
    form, schools = _form()
    chosen = form.schools(schools)
    done = form.carry_out(
        lambda: service.write(
            actor=current_user.actor,
            now=clock.now(),
            written=form.written(),
            schools=chosen,
            to=paid_to(),
        ),
        HERE,
    )
    if done is None:
        return _ask(form)
    sent = english.plural(len(done.result), "invoice is", "invoices are")
    flash(f"{sent} raised. We have e-mailed each school.", "success")
    if left := len(service.unsent(form.written(), chosen, now=clock.now())):
        rest = english.plural(left, "school is", "schools are")
        flash(f"{rest} left: send the same invoice once more to reach them.", "info")
    return redirects.see(url_for("invoices.home"))


def _form() -> tuple[WriteForm, list[School]]:
    form, schools = WriteForm(), school_queries.member_schools()
    funds = [(row.name.value, row.full_title) for row in fund_queries.open_funds()]
    form.offer(schools, funds)
    return form, schools


def _page(form: WriteForm) -> str:
    return render_template("money/invoices/write.html", form=form, missing=paid_to().missing)


def _ask(form: WriteForm) -> ResponseReturnValue:
    return _page(form), 422 if form.is_submitted() else 200


def _check(form: WriteForm, chosen: list[School]) -> str:
    written = form.written()
    to_send = service.unsent(written, chosen, now=clock.now())
    have = {school.id for school in chosen} - {school.id for school in to_send}
    return render_template(
        "money/invoices/check.html",
        form=form,
        written=written,
        income=accounts.title(written.income),
        fund_title=fund_queries.fund_title(written.fund),
        to_send=to_send,
        named=NAMED,
        at_once=service.SCHOOLS_AT_ONCE,
        have=[school for school in chosen if school.id in have],
    )

"""What a school was invoiced, has paid and owes: for its coordinators, and for the treasurer."""

from dataclasses import dataclass

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import english, invoicing, ledger, permissions
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, addresses, once, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.asks_again import counts_file
from booking.foundation.web.forms import Refusals
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Entry, SpendingProposal
from booking.money.fund.routes import periods
from booking.money.fund.routes.by_hand import proposed
from booking.money.fund.routes.statements import ENDINGS, send
from booking.money.fund.service import DateInFuture
from booking.money.fund.statements import printing as fund_printing
from booking.money.invoices import pages, queries, service
from booking.money.invoices.forms import CreditBackForm
from booking.money.invoices.routes.blueprint import REFUSALS, invoices
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

BACK_REFUSALS: Refusals = {
    **REFUSALS,
    fund.NotEnoughMoney: "pence",
    ledger.EntryRefused: "pence",
    fund.FormSentAlready: "pence",
    fund.AlreadyAsked: "",
    fund.NobodyToDecide: "",
    fund.FundClosed: "",
}


def load_school(slug: str) -> School | None:
    """Return the school at an address."""
    return school_queries.school_by_slug(slug)


def scope_of_school(school: School) -> Scope:
    """Return what a school's statement belongs to."""
    return Scope(school_id=school.id)


@invoices.get("/fund/invoices/schools/")
@requires(Action.SEE_FUND)
def balances() -> str:
    """Show which schools owe what, each with its statement."""
    found = queries.balances()
    return render_template(
        "money/invoices/balances.html", found=found, total=sum(pence for _, pence in found)
    )


@invoices.get("/invoices/schools/<slug>/")
@requires(Action.SEE_INVOICE, load=load_school, scope=scope_of_school, name="school")
def statement(school: School) -> str:
    """Show a school's statement for a school year or chosen days."""
    asked = periods.asked()
    found = pages.school_statement(school, asked.period)
    actor = current_user.actor
    return render_template(
        "money/invoices/statement.html",
        statement=found,
        asked=asked,
        of_network=permissions.may(actor, Action.SEE_FUND),
        credit_pence=queries.credit_pence(school),
        may_keep=permissions.may(actor, Action.KEEP_FUND),
        in_latin=fund_printing.in_latin(pages.document(found, made_at=clock.now())),
        files=periods.files("invoices.statement_file", slug=school.slug, **asked.period.arguments),
    )


@dataclass(frozen=True)
class SchoolFile:
    """A school, and the kind of file wanted."""

    school: School
    ending: str


def load_file(slug: str, ending: str) -> SchoolFile | None:
    """Return the school at an address, and the ending of the file."""
    school = load_school(slug)
    return SchoolFile(school, ending) if school else None


def scope_of_file(wanted: SchoolFile) -> Scope:
    """Return what the file belongs to."""
    return scope_of_school(wanted.school)


@invoices.get(f"/invoices/schools/<slug>/statement.<{ENDINGS}:ending>")
@requires(Action.SEE_INVOICE, load=load_file, scope=scope_of_file, name="wanted")
@counts_file
def statement_file(wanted: SchoolFile) -> ResponseReturnValue:
    """Send the same statement as a file."""
    found = pages.school_statement(wanted.school, periods.asked().period)
    return send(pages.document(found, made_at=clock.now()), wanted.ending)


@invoices.route("/invoices/schools/<slug>/give-back", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_school, scope=scope_of_school, name="school")
def give_back(school: School) -> ResponseReturnValue:
    """Record that a school got back what it paid beyond what it owed."""
    here = url_for("invoices.statement", slug=school.slug)
    credit = queries.credit_pence(school)
    form = CreditBackForm(data={"pence": credit or None})
    done = form.carry_out(lambda: _give_back(school, form), BACK_REFUSALS)
    if done and isinstance(done.result, SpendingProposal):
        return proposed(done.result)
    if done:
        flash("Recorded in the ledger. Match it when the bank’s statement shows it.", "success")
        return redirects.see(here)
    return form.page(
        "money/invoices/give_back.html",
        school=school,
        credit_pence=credit,
        two_above=fund_queries.alone_up_to_pence(),
        is_own=school.id in current_user.actor.schools(),
    )


def _give_back(school: School, form: CreditBackForm) -> Entry | SpendingProposal:
    assert form.paid_on.data is not None, "the form asks for it"
    return service.give_back(
        actor=current_user.actor,
        now=clock.now(),
        school=school,
        pence=form.pence.data or 0,
        account=form.account.data,
        paid_on=form.paid_on.data,
        reference=once.key_sent(),
    )


@invoices.post("/fund/invoices/arrived")
@requires(Action.KEEP_FUND)
def record_arrived() -> ResponseReturnValue:
    """Record the payments that were ticked on the bank's page, and match their lines."""
    lines = request.form.getlist("line")
    done = acts.attempt(
        lambda: service.record_arrived(actor=current_user.actor, now=clock.now(), lines=lines),
        service.NothingArrived,
        invoicing.InvoiceNotPayable,
        invoicing.MoveNotAllowed,
        DateInFuture,
        ledger.YearIsClosed,
    )
    if done:
        recorded = english.plural(done.result, "payment is", "payments are")
        flash(f"{recorded} recorded and matched.", "success")
    return redirects.see(addresses.FUND_BANK_MATCHING())

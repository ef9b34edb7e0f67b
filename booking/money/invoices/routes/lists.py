"""Lists of invoices: the treasurer's, with what is to bill, and a school's own."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events.models import Event
from booking.domain import english, permissions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.paging import asked_page, page_of
from booking.money.invoices import queries, service
from booking.money.invoices.forms import RaiseForm
from booking.money.invoices.models import Invoice
from booking.money.invoices.routes.blueprint import (
    REFUSALS,
    invoices,
    load_event,
    paid_to,
    scope_of_event,
)
from booking.people.schools import acting


@invoices.get("/fund/invoices/")
@requires(Action.SEE_FUND)
def home() -> str:
    """Show the events to bill schools for, and all invoices."""
    return render_template(
        "money/invoices/home.html",
        to_bill=page_of(queries.events_to_bill(clock.now()), number=1),
        page=page_of(queries.listed(), number=asked_page()),
        owed_pence=queries.owed_pence(),
        may_bill=permissions.may(current_user.actor, Action.KEEP_FUND),
        today=clock.today(),
        missing=paid_to().missing,
    )


@invoices.route("/fund/invoices/events/<slug>", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_event, scope=scope_of_event, name="event")
def bill(event: Event) -> ResponseReturnValue:
    """Show which schools an event would bill, and bill them."""
    form = RaiseForm()
    if done := form.carry_out(lambda: _raise(event), REFUSALS):
        raised = english.plural(len(done.result), "invoice is", "invoices are")
        flash(f"{raised} raised. We have e-mailed each school.", "success")
        return redirects.see(url_for(".home"))
    return form.page("money/invoices/bill.html", event=event, owing=queries.to_bill(event))


def _raise(event: Event) -> list[Invoice]:
    return service.raise_invoices(
        actor=current_user.actor, now=clock.now(), event=event, to=paid_to()
    )


@invoices.get("/school/invoices/")
@requires(Action.KEEP_FUNDING)
def of_school() -> str:
    """Show a school's own invoices."""
    school = acting.school()
    return render_template(
        "money/invoices/of_school.html",
        school=school,
        page=page_of(queries.listed(school_ids=[school.id]), number=asked_page()),
        owed_pence=queries.owed_pence([school.id]),
        today=clock.today(),
    )

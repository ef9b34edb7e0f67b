"""The treasurer's list of what does not agree with the books, and the explanations."""

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import addresses, redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.foundation.web.paging import asked_page, page_of
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.models import Explanation, Resolution
from booking.money.clearing import forms, service
from booking.money.clearing.routes.blueprint import clearing
from booking.money.fund import forms as fund_forms
from booking.money.fund import queries as fund_queries
from booking.money.payments import service as payments

#: The field beside which a refusal is shown.
REFUSALS: Refusals = {
    service.NoSuchPayment: "reference",
    payments.AlreadyArrived: "reference",
    service.NotOurMoney: "resolution",
    service.ReasonMissing: "resolution",
    payments.AmountTooSmall: "resolution",
    payments.AmountTooLarge: "resolution",
    payments.MoreThanLeft: "resolution",
    payments.NothingToRefund: "resolution",
}


def load_explanation(public_id: str) -> Explanation | None:
    """Return the thing to explain at an address."""
    return checkout_queries.explanation(public_id)


def network_wide(_found: object) -> Scope:
    """Return the scope of the books: the whole network."""
    return Scope()


def may_keep() -> bool:
    """Return whether the signed-in person keeps the books."""
    return permissions.may(current_user.actor, Action.KEEP_FUND)


@clearing.get("/fund/to-explain")
@requires(Action.SEE_FUND)
def to_explain() -> ResponseReturnValue:
    """List things to explain, or (`?explained=1`) already explained; name no family."""
    resolved = request.args.get("explained") == "1"
    return render_template(
        "money/clearing/to_explain.html",
        page=page_of(checkout_queries.explanations(resolved=resolved), number=asked_page()),
        resolved=resolved,
        failed_refunds=checkout_queries.count_failed_refunds(),
    )


@clearing.get("/fund/to-explain/<public_id>")
@requires(Action.SEE_FUND, load=load_explanation, scope=network_wide, name="found")
def explanation(found: Explanation) -> ResponseReturnValue:
    """Show one thing, with what can be done about it or what has been done."""
    return _show(found, forms.ExplanationForm(formdata=None).offer_for(found))


@clearing.post("/fund/to-explain/<public_id>")
@requires(Action.KEEP_FUND, load=load_explanation, scope=network_wide, name="found")
def explain(found: Explanation) -> ResponseReturnValue:
    """Attach it, give it back or note it."""
    form = forms.ExplanationForm().offer_for(found)
    public_id = found.public_id
    try:
        done = form.carry_out(lambda: _act(found, form), REFUSALS)
    except service.ExplainedAlready as error:
        flash(str(error), "warning")
        return redirects.see(url_for("clearing.explanation", public_id=public_id))
    if done:
        flash("Explained, and posted to the books if there was any money.", "success")
        return redirects.see(url_for("clearing.to_explain"))
    return _show(checkout_queries.explanation(public_id), form, 422)


def _act(found: Explanation, form: forms.ExplanationForm) -> None:
    facts: dict[str, Any] = {
        "actor": current_user.actor,
        "now": clock.now(),
        "found": found,
        "reason": form.reason.data,
    }
    match Resolution(form.resolution.data):
        case Resolution.ATTACHED:
            service.attach(**facts, reference=form.reference.data or "")
        case Resolution.REFUNDED:
            service.give_back(**facts)
        case Resolution.NOTED:
            service.note(**facts)


def _show(
    found: Explanation | None, form: forms.ExplanationForm, status: int = 200
) -> ResponseReturnValue:
    assert found is not None, "it was there a moment ago, and nothing deletes it"
    return render_template(
        "money/clearing/explanation.html",
        found=found,
        payment_url=addresses.FUND_PAYMENT(public_id=found.payment.public_id)
        if found.payment
        else "",
        form=form,
        hints={value.value: words for value, words in forms.HINTS.items()},
        resolutions=forms.RESOLUTIONS,
        may_keep=may_keep(),
    ), status


@clearing.route("/fund/to-explain/<public_id>/undo", methods=["GET", "POST"])
@requires(Action.KEEP_FUND, load=load_explanation, scope=network_wide, name="found")
def undo_note(found: Explanation) -> ResponseReturnValue:
    """Take back a note: the money is to be explained again."""
    form, here = fund_forms.UndoForm(), url_for("clearing.explanation", public_id=found.public_id)
    if form.undone(
        lambda reason: service.undo_note(
            actor=current_user.actor, now=clock.now(), found=found, reason=reason
        ),
        "The note has been undone. The money has to be explained again.",
    ):
        return redirects.see(here)
    if not form.is_submitted() and not _is_noted(found):
        return redirects.see(here)
    return form.page(
        "_layouts/undo.html",
        heading="Undo the note",
        caption="To explain",
        here=here,
        here_label="The explanation",
        happens=[
            "The money is on the list of what is to be explained again.",
            "The note’s entry in the ledger is reversed.",
        ],
        **fund_queries.second_person(service.note_key(found)),
    )


def _is_noted(found: Explanation) -> bool:
    return found.resolution is Resolution.NOTED and bool(found.parked_key)

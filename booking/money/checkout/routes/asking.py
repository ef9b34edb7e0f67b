"""A family that needs a person: a question to the school, or “This is not my child”."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import PARENT, Action, Scope
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import by_token, requires
from booking.foundation.web.forms import ButtonForm, Refusals
from booking.money.checkout import forms, pages, service
from booking.money.checkout.models import FamilyMatter, FamilyQuestion
from booking.money.checkout.queries import family as checkout_family
from booking.money.checkout.routes.blueprints import checkout, parent
from booking.money.checkout.routes.visits import page, visit

REFUSALS: Refusals = {
    service.QuestionMissing: "text",
    service.TooLong: "text",
    service.AskedTooOften: "",
}


@parent.get("/<token>/ask")
@by_token("parent link")
def ask_page(token: str) -> ResponseReturnValue:
    """Ask what the parent would like to know."""
    return page("ask", visit(token), form=forms.AskForm(formdata=None))


@parent.post("/<token>/ask")
@by_token("parent link")
def send_question(token: str) -> ResponseReturnValue:
    """Send the question to the school."""
    visit(token)
    form = forms.AskForm()
    done = form.carry_out(lambda: _ask(visit(token), form.text.data or ""), REFUSALS)
    seen = visit(token)
    if not done:
        return page("ask", seen, form=form), 422
    flash(
        f"Your question has been sent to {seen.booking.school.name}, who will answer you.",
        "success",
    )
    return redirects.see(url_for("parent.overview", token=token))


def _ask(seen: pages.Visit, text: str) -> FamilyQuestion:
    return service.ask_school(
        actor=PARENT,
        now=clock.now(),
        booking=seen.booking,
        parent_id=seen.parent.id,
        text=text,
    )


@parent.get("/<token>/not-mine")
@by_token("parent link")
def not_mine_page(token: str) -> ResponseReturnValue:
    """Ask whether the school should be told that the link reached somebody else."""
    return page("not_mine", visit(token), form=ButtonForm(formdata=None))


@parent.post("/<token>/not-mine")
@by_token("parent link")
def send_not_mine(token: str) -> ResponseReturnValue:
    """Tell the school, and end the link."""
    school = visit(token).booking.school.name
    acts.run(lambda: _not_mine(visit(token)))
    flash(f"Thank you. {school} has been told, and the link has been switched off.", "success")
    return redirects.see(url_for("parent.overview", token=token))


def _not_mine(seen: pages.Visit) -> FamilyQuestion:
    return service.say_not_mine(
        actor=PARENT, now=clock.now(), booking=seen.booking, parent_id=seen.parent.id
    )


def load_question(public_id: str) -> FamilyQuestion | None:
    """Find the question that an address names."""
    return checkout_family.question_by_public_id(public_id)


def scope_of_question(found: FamilyQuestion) -> Scope:
    """Return the school whose pupil it is about."""
    return Scope(school_id=found.booking.school_id)


@checkout.get("/school/questions/<public_id>")
@requires(Action.KEEP_PUPILS, load=load_question, scope=scope_of_question, name="found")
def family_question(found: FamilyQuestion) -> ResponseReturnValue:
    """Show what a parent asked, and how to reach that parent."""
    return render_template(
        "money/checkout/family_question.html",
        found=found,
        booking=found.booking,
        not_mine=found.matter is FamilyMatter.NOT_MINE,
    )


@checkout.post("/school/questions/<public_id>")
@requires(Action.KEEP_PUPILS, load=load_question, scope=scope_of_question, name="found")
def settle_question(found: FamilyQuestion) -> ResponseReturnValue:
    """Record that it has been dealt with."""
    acts.run(
        lambda: service.settle_question(actor=current_user.actor, now=clock.now(), question=found)
    )
    flash("This is no longer on your list of tasks.", "success")
    return redirects.see(url_for("school.event", slug=found.booking.event.slug))

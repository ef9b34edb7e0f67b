"""One thing per page: consent, health and food, the day, and a check before sending."""

from collections.abc import Callable
from typing import Any

from flask import flash, url_for
from flask.typing import ResponseReturnValue

from booking.domain.charging import FeeKind
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import by_token
from booking.foundation.web.forms import ButtonForm, Form, Refusals
from booking.money.checkout import forms, pages, service
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.visits import address, page, visit

ANSWERABLE = {pages.FirstPage.INVITED, pages.FirstPage.TO_PAY, pages.FirstPage.CONFIRMED}
REFUSALS: Refusals = {
    service.ConsentMissing: "",
    service.TooLong: "",
    service.Incomplete: "",
    service.MovedMeanwhile: "",
    service.ToldByAnother: "",
}


def _shown(
    token: str, template: str, step: int, form: Callable[[pages.Visit], Form]
) -> ResponseReturnValue:
    """Show a page of answers, or send the parent to the overview."""
    seen = visit(token)
    if seen.standing not in ANSWERABLE:
        return redirects.see(address("parent.overview", seen))
    if step > 1 and not seen.reply.may_go_on:
        return redirects.see(address("parent.consent", seen))
    return page(template, seen, form=form(seen), **_facts(seen, step))


def _facts(seen: pages.Visit, step: int) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "words": service.consent_words(seen.booking).sentences,
        "read": service.facts_digest(seen.booking),
        "told": pages.told(seen),
    }
    # A parent who changes one answer later does not go through all the steps.
    return facts if seen.reply.complete else {**facts, "step": step}


def _kept(
    token: str, template: str, step: int, form: Form, keep: Callable[[pages.Visit], object]
) -> ResponseReturnValue:
    """Save one page's answers and go on, or show the page again with what was typed.

    A parent who changes an answer after sending comes back to the overview.
    """
    seen = visit(token)
    changing = seen.reply.complete and step < pages.STEPS
    try:
        done = form.carry_out(lambda: keep(visit(token)), REFUSALS)
    except service.NotInvited as error:
        flash(str(error), "warning")
        return redirects.see(url_for("parent.overview", token=token))
    seen = visit(token)
    if not done:
        return page(template, seen, form=form, **_facts(seen, step)), 422
    if changing:
        flash("Your change has been saved.", "success")
    return redirects.see(address("parent.overview" if changing else seen.next_page, seen))


@parent.get("/<token>/consent")
@by_token("parent link")
def consent(token: str) -> ResponseReturnValue:
    """Show the words to agree to."""
    return _shown(token, "consent", 1, lambda _seen: forms.ConsentForm(formdata=None))


@parent.post("/<token>/consent")
@by_token("parent link")
def give_consent(token: str) -> ResponseReturnValue:
    """Save the parent's consent."""
    form = forms.ConsentForm()
    return _kept(
        token,
        "consent",
        1,
        form,
        lambda seen: service.give_consent(
            actor=PARENT,
            now=clock.now(),
            booking=seen.booking,
            given_by=form.given_by.data,
            parent_id=seen.parent.id,
            read=form.read.data or "",
        ),
    )


@parent.get("/<token>/needs")
@by_token("parent link")
def needs(token: str) -> ResponseReturnValue:
    """Ask for health, access and food. Health text is never shown again."""

    def filled(seen: pages.Visit) -> Form:
        told = seen.reply.needs
        own = told is not None and seen.is_own(told.told_by_id)
        before = {"access": told.access, "diets": told.diets} if told and own else {}
        return forms.NeedsForm(formdata=None, data=before)

    return _shown(token, "needs", 2, filled)


@parent.post("/<token>/needs")
@by_token("parent link")
def tell_needs(token: str) -> ResponseReturnValue:
    """Save health, access and food."""
    form = forms.NeedsForm()
    return _kept(
        token,
        "needs",
        2,
        form,
        lambda seen: service.tell_needs(
            actor=PARENT,
            now=clock.now(),
            booking=seen.booking,
            health=form.health_text(),
            access=form.access.data or "",
            diets=form.chosen_diets(),
            parent_id=seen.parent.id,
        ),
    )


@parent.get("/<token>/day")
@by_token("parent link")
def day(token: str) -> ResponseReturnValue:
    """Ask about photos, getting home and the emergency contact."""

    def filled(seen: pages.Visit) -> Form:
        told = seen.reply.needs
        if told is None or told.emergency_phone is None or not seen.is_own(told.day_by_id):
            return forms.DayForm.filled(
                emergency_name=seen.parent.name, emergency_phone=seen.parent.phone
            )
        return forms.DayForm.filled(
            photo=told.photo.value,
            collection=told.collection.value,
            collected_by=told.collected_by,
            emergency_name=told.emergency_name,
            emergency_phone=told.emergency_phone,
        )

    return _shown(token, "day", 3, filled)


@parent.post("/<token>/day")
@by_token("parent link")
def tell_day(token: str) -> ResponseReturnValue:
    """Save photos, getting home and the emergency contact."""
    form = forms.DayForm()
    return _kept(
        token,
        "day",
        3,
        form,
        lambda seen: service.tell_day(
            actor=PARENT,
            now=clock.now(),
            booking=seen.booking,
            parent_id=seen.parent.id,
            **form.facts(),
        ),
    )


@parent.get("/<token>/check")
@by_token("parent link")
def check(token: str) -> ResponseReturnValue:
    """Show every answer before it is sent."""
    seen = visit(token)
    if seen.standing in ANSWERABLE and seen.next_page != "parent.check":
        return redirects.see(address(seen.next_page, seen))
    if seen.standing is pages.FirstPage.CONFIRMED:
        return redirects.see(address("parent.overview", seen))
    return _shown(token, "check", 4, lambda _seen: ButtonForm(formdata=None))


@parent.post("/<token>/check")
@by_token("parent link")
def send(token: str) -> ResponseReturnValue:
    """Send the answers; the place is confirmed unless it waits for a charge."""
    if visit(token).standing is pages.FirstPage.CONFIRMED:  # a second press, or an old tab
        return redirects.see(_after_sending(visit(token)))
    answered = _kept(
        token,
        "check",
        4,
        ButtonForm(),
        lambda seen: service.send_answers(actor=PARENT, now=clock.now(), booking=seen.booking),
    )
    if isinstance(answered, tuple):
        return answered
    return redirects.see(_after_sending(visit(token)))


def _after_sending(seen: pages.Visit) -> str:
    if seen.standing is pages.FirstPage.TO_PAY:
        return address("parent.charge", seen)
    voluntary = seen.event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION
    if voluntary and seen.standing is pages.FirstPage.CONFIRMED and not seen.has_given:
        return address("parent.contribution", seen)
    return address("parent.overview", seen)

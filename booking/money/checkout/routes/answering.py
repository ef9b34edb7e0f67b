"""Changing an answer after the reply was sent: health and food, or the day."""

from collections.abc import Callable

from flask import flash
from flask.typing import ResponseReturnValue

from booking.days.questions import forms as question_forms
from booking.days.questions import service as question_service
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import by_token
from booking.foundation.web.forms import Form, Refusals
from booking.money.checkout import forms, pages, service
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.visits import address, page, sent_too_late, visit

CHANGEABLE = {pages.FirstPage.TO_PAY, pages.FirstPage.CONFIRMED}
REFUSALS: Refusals = {
    service.TooLong: "",
    service.Incomplete: "",
    service.ToldByAnother: "",
    question_service.QuestionUnanswered: "",
    question_service.AnswerRefused: "",
}


def _shown(token: str, template: str, form: Callable[[pages.Visit], Form]) -> ResponseReturnValue:
    """Show a page of answers, or send the parent to the overview."""
    seen = visit(token)
    if seen.standing not in CHANGEABLE:
        return redirects.see(address("parent.overview", seen))
    return page(template, seen, form=form(seen))


def _kept(
    token: str, template: str, form: Form, keep: Callable[[pages.Visit], object]
) -> ResponseReturnValue:
    """Save the change, or show the page again with what was typed."""
    before = visit(token)
    if before.standing not in CHANGEABLE:
        return sent_too_late(before)
    try:
        done = form.carry_out(lambda: keep(visit(token)), REFUSALS)
    except service.NotInvited:
        return sent_too_late(before)
    seen = visit(token)
    if not done:
        return page(template, seen, form=form), 422
    flash("Your change has been saved.", "success")
    return redirects.see(address("parent.overview", seen))


@parent.get("/<token>/needs")
@by_token("parent link")
def needs(token: str) -> ResponseReturnValue:
    """Ask for health, access and food. Health text is not shown again once it was sent."""

    def filled(seen: pages.Visit) -> Form:
        told = seen.reply.needs
        own = told is not None and seen.is_own(told.told_by_id)
        before = {"access": told.access, "diets": told.diets} if told and own else {}
        return forms.NeedsForm(formdata=None, data=before)

    return _shown(token, "needs", filled)


@parent.post("/<token>/needs")
@by_token("parent link")
def tell_needs(token: str) -> ResponseReturnValue:
    """Save health, access and food."""
    form = forms.NeedsForm()
    return _kept(
        token,
        "needs",
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

    return _shown(token, "day", filled)


@parent.post("/<token>/day")
@by_token("parent link")
def tell_day(token: str) -> ResponseReturnValue:
    """Save photos, getting home and the emergency contact."""
    form = forms.DayForm()
    return _kept(
        token,
        "day",
        form,
        lambda seen: service.tell_day(
            actor=PARENT,
            now=clock.now(),
            booking=seen.booking,
            parent_id=seen.parent.id,
            **form.facts(),
        ),
    )


@parent.get("/<token>/questions")
@by_token("parent link")
def questions(token: str) -> ResponseReturnValue:
    """Ask what the host asks besides."""

    def filled(seen: pages.Visit) -> Form:
        asked = seen.asked
        own = question_forms.own_data(asked.questions, asked.known, seen.parent.id)
        return _questions_form(seen)(formdata=None, data={"asked": own})

    return _shown(token, "questions", filled)


@parent.post("/<token>/questions")
@by_token("parent link")
def answer_questions(token: str) -> ResponseReturnValue:
    """Save what the host asks besides."""
    form = _questions_form(visit(token))()
    return _kept(
        token,
        "questions",
        form,
        lambda seen: service.tell_asked(
            actor=PARENT,
            now=clock.now(),
            booking=seen.booking,
            told=question_forms.told_in(form.asked.form),
            parent_id=seen.parent.id,
        ),
    )


def _questions_form(seen: pages.Visit) -> type[forms.QuestionsForm]:
    asked = seen.asked
    return question_forms.for_family(
        forms.QuestionsForm, asked.questions, asked.known, seen.parent.id
    )

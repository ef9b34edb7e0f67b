"""A paper reply, typed in by the school on the parent's behalf."""

from typing import Any, TypeVar

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.days.questions import forms as question_forms
from booking.days.questions import queries as question_queries
from booking.days.questions import service as questions
from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals
from booking.money.checkout import forms, service
from booking.money.checkout.queries import replies
from booking.money.checkout.routes.blueprints import checkout
from booking.money.checkout.routes.money import load_booking, scope_of

PaperKind = TypeVar("PaperKind", bound=forms.PaperForm)
REFUSALS: Refusals = {
    service.ConsentMissing: "",
    service.Incomplete: "",
    service.TooLong: "",
    service.MovedMeanwhile: "",
    questions.AnswerRefused: "",
}


@checkout.get("/school/bookings/<public_id>/reply")
@requires(Action.KEEP_PUPILS, load=load_booking, scope=scope_of, name="booking")
def paper_reply(booking: Booking) -> ResponseReturnValue:
    """Show the form for a paper slip."""
    return _page(booking.id, form_of(booking.event, forms.PaperForm)(formdata=None))


@checkout.post("/school/bookings/<public_id>/reply")
@requires(Action.KEEP_PUPILS, load=load_booking, scope=scope_of, name="booking")
def record_paper_reply(booking: Booking) -> ResponseReturnValue:
    """Record the slip as the parent's answer."""
    form = form_of(booking.event, forms.PaperForm)()
    try:
        done = form.carry_out(
            lambda: service.record_paper_reply(
                actor=current_user.actor, now=clock.now(), booking=booking, reply=reply_of(form)
            ),
            REFUSALS,
        )
    except service.NotInvited:
        flash("This pupil is no longer waiting for a reply.", "error")
        return redirects.see(_school_event(booking))
    if done:
        flash("The paper reply has been recorded.", "success")
        return redirects.see(_school_event(booking))
    return _page(booking.id, form, status=422)


def _school_event(booking: Booking) -> str:
    return url_for("school.event", slug=booking.event.slug)


def form_of(event: Event, kind: type[PaperKind]) -> type[PaperKind]:
    """Return a form with everything that a slip of this event asks: the one place that says so.

    The page for one reply, each row of the page for many, and the printed slip take it from here.
    """
    asked = question_queries.of_event(event.id, *question_queries.OF_PUPILS)
    return question_forms.for_paper(kind, asked)


def reply_of(form: forms.PaperForm) -> service.PaperReply:
    """Return a slip as the service takes it."""
    given_by = form.given_by.data
    if form.agreed.data == "no":
        return service.PaperReply(given_by)
    asked = question_forms.told_in(form.asked.form)
    answers = service.Answers(
        given_by=given_by,
        health=form.health.data or "",
        access=form.access.data or "",
        diets=form.chosen_diets(),
        asked={id_: told for id_, told in asked.items() if not told.is_empty},
        **form.facts(),
    )
    return service.PaperReply(given_by, answers, form.read.data or "")


def _page(booking_id: int, form: Any, *, status: int = 200) -> ResponseReturnValue:
    booking = replies.booking_with_event(booking_id)
    return render_template(
        "money/checkout/paper_reply.html",
        booking=booking,
        event_url=url_for("checkout.money", slug=booking.event.slug),
        back_url=_school_event(booking),
        when=event_words.dates(booking.event),
        words=service.consent_words(booking).sentences,
        read=service.facts_digest(booking),
        form=form,
    ), status

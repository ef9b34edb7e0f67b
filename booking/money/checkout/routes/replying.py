"""The whole reply on the first page of a private link: sent once, shown again if refused."""

from flask.typing import ResponseReturnValue

from booking.days.places.service import answering
from booking.days.questions import forms as question_forms
from booking.days.questions import service as questions
from booking.domain.charging import FeeKind
from booking.domain.permissions import PARENT
from booking.foundation import clock, contacts
from booking.foundation.web import redirects
from booking.foundation.web.access import by_token
from booking.foundation.web.forms import Refusals
from booking.money.checkout import forms, pages, service
from booking.money.checkout.routes.blueprints import parent
from booking.money.checkout.routes.visits import address, page, sent_too_late, visit

REFUSALS: Refusals = {
    service.ConsentMissing: "given_by",
    service.Incomplete: "collected_by",
    service.TooLong: "",
    service.MovedMeanwhile: "",
    service.AnsweredMeanwhile: "",
    questions.QuestionUnanswered: "",
    questions.AnswerRefused: "",
}
ANSWERABLE = {pages.FirstPage.INVITED, pages.FirstPage.TO_PAY, pages.FirstPage.CONFIRMED}


def reply_page(seen: pages.Visit, form: forms.ReplyForm) -> str:
    """Return the page with the invitation and the reply."""
    asked_by = next(iter(answering.who_answer(seen.booking)), None)
    return page(
        "invitation",
        seen,
        form=form,
        asked_by=asked_by.name if asked_by else "",
        words=service.consent_words(seen.booking).sentences,
        read=service.facts_digest(seen.booking),
        day_words=form.day_words,
        others_answered=service.answered_by_others(seen.reply, seen.parent.id),
    )


def empty_form(seen: pages.Visit) -> forms.ReplyForm:
    """Return the form with this parent's name, and the number that the school has."""
    asked = seen.asked
    return _reply_form(seen).filled(
        given_by=seen.parent.name,
        emergency_name=seen.parent.name,
        emergency_phone=seen.parent.phone,
        asked=question_forms.own_data(asked.questions, asked.known, seen.parent.id),
    )


def _reply_form(seen: pages.Visit) -> type[forms.ReplyForm]:
    asked = seen.asked
    return question_forms.for_family(forms.ReplyForm, asked.questions, asked.known, seen.parent.id)


@parent.post("/<token>")
@by_token("parent link")
def send_reply(token: str) -> ResponseReturnValue:
    """Send the whole reply; the place is confirmed unless it waits for a charge."""
    before = visit(token)
    if before.standing not in ANSWERABLE:
        return sent_too_late(before)
    form = _reply_form(before)()
    try:
        done = form.carry_out(lambda: _reply(visit(token), form), REFUSALS)
    except service.NotInvited:
        return sent_too_late(before)
    seen = visit(token)
    if not done:
        # A number is stored as "+44…", and read again as people type it.
        form.emergency_phone.data = contacts.readable_phone(form.emergency_phone.data or "")
        return reply_page(seen, form), 422
    return redirects.see(_after_sending(seen))


def _reply(seen: pages.Visit, form: forms.ReplyForm) -> object:
    return service.reply(
        actor=PARENT,
        now=clock.now(),
        booking=seen.booking,
        told=service.Answers(**form.told()),
        parent_id=seen.parent.id,
        read=form.read.data or "",
        after_others=bool(form.after_others.data),
    )


def _after_sending(seen: pages.Visit) -> str:
    if seen.standing is pages.FirstPage.TO_PAY:
        return address("parent.charge", seen)
    voluntary = seen.event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION
    if voluntary and seen.standing is pages.FirstPage.CONFIRMED and not seen.has_given:
        return address("parent.contribution", seen)
    return address("parent.overview", seen)

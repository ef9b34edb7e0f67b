"""Pages where a host asks, words anew and takes back, and reads what was answered in all."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.days.events.routes.blueprints import load_event, scope_of
from booking.days.questions import forms, pages, queries, service, words
from booking.days.questions.models import EventQuestion
from booking.days.questions.routes.blueprint import host_of, load_question, questions
from booking.domain import english, not_to_ask, permissions
from booking.domain.asking import QUESTIONS_MAX
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.access import requires
from booking.foundation.web.forms import Refusals, editing

REFUSALS: Refusals = {
    service.QuestionRefused: "",
    service.NotCleared: "cleared",
    service.EnoughAsked: "",
    service.NothingMoreToAsk: "",
    service.AnsweredAlready: "",
    service.QuestionWithdrawn: "",
}


@questions.get("/host/events/<slug>/questions")
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def listing(event: Event) -> str:
    """Show what is asked, and what was answered in all."""
    hosts = permissions.may(current_user.actor, Action.SEE_HEALTH, Scope(event.host_school_id))
    found = pages.totals(event, by_school=hosts)
    return render_template(
        "days/questions/listing.html",
        event=event,
        rows=found,
        words=words,
        may_add=len(found) < QUESTIONS_MAX and _is_open(event),
        most=QUESTIONS_MAX,
        has_roster=event.state is not EventState.DRAFT,
    )


@questions.route("/host/events/<slug>/questions/new", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_event, scope=scope_of, name="event")
def ask(event: Event) -> ResponseReturnValue:
    """Ask one more question."""
    form = forms.QuestionForm()
    done = form.carry_out(
        lambda: service.add(
            actor=current_user.actor,
            now=clock.now(),
            event=event,
            wanted=form.asking(),
            cleared=form.cleared_topics(),
        ),
        REFUSALS,
    )
    if done:
        asked = done.result
        said = " Families who have replied are asked by e-mail." if asked.late else ""
        flash(f"“{asked.label}” is asked.{said}", "success")
        return redirects.see(_listing(event))
    return _page(form, event)


@questions.route("/host/questions/<public_id>/", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_question, scope=host_of, name="question")
def reword(question: EventQuestion) -> ResponseReturnValue:
    """Word a question anew, as long as nobody has answered."""
    event = question.event
    if count := queries.count_answers(question.id):
        flash(str(service.AnsweredAlready(count)), "warning")
        return redirects.see(_listing(event))
    form = editing(
        lambda: forms.QuestionForm.of_question(question),
        question,
        changed_by=("reword_question",),
        lock=lambda: _held(question),
    )
    done = form.carry_out(
        lambda: service.reword(
            actor=current_user.actor,
            now=clock.now(),
            question=question,
            wanted=form.asking(),
            cleared=form.cleared_topics(),
        ),
        REFUSALS,
    )
    if done:
        flash("Your change has been saved.", "success")
        return redirects.see(_listing(event))
    return _page(form, event, question)


@questions.route("/host/questions/<public_id>/withdraw", methods=["GET", "POST"])
@requires(Action.EDIT_EVENT, load=load_question, scope=host_of, name="question")
def withdraw(question: EventQuestion) -> ResponseReturnValue:
    """Say how many answers would be deleted, and take the question back."""
    event, label, form = question.event, question.label, forms.WithdrawForm()
    done = form.carry_out(
        lambda: service.withdraw(actor=current_user.actor, now=clock.now(), question=question),
        REFUSALS,
    )
    if done:
        gone = english.plural(done.result, "answer")
        was = english.agree(done.result, "was", "were")
        flash(f"“{label}” is no longer asked; {gone} {was} deleted.", "success")
        return redirects.see(_listing(event))
    return form.page(
        "days/questions/withdraw.html",
        event=event,
        question=question,
        answers=queries.count_answers(question.id),
    )


def _held(question: EventQuestion) -> EventQuestion:
    event_locks.event(question.event_id)
    return question


def _is_open(event: Event) -> bool:
    is_over = event_states.is_over(event, clock.now())
    return event.state is EventState.DRAFT or (event.state is EventState.PUBLISHED and not is_over)


def _listing(event: Event) -> str:
    return url_for("questions.listing", slug=event.slug)


def _page(
    form: forms.QuestionForm, event: Event, question: EventQuestion | None = None
) -> ResponseReturnValue:
    if isinstance(form.refusal, service.NotCleared):
        form.warn_of(form.refusal.topics)
    return form.page(
        "days/questions/form.html",
        event=event,
        question=question,
        late=pages.if_late(event),
        warnings=[not_to_ask.WORDS[topic] for topic in form.topics_shown()],
    )

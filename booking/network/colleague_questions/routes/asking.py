"""Ask, answer, say what helped, close and take back."""

from collections.abc import Callable

from flask import flash, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.network.colleague_questions import pages, queries, service, words
from booking.network.colleague_questions.forms import AnswerColleagueForm, AskColleaguesForm
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.network.colleague_questions.routes.blueprint import (
    REFUSALS,
    address_of,
    colleague_questions,
    load_answer,
    load_readable,
    of_a_question,
    of_answered,
    of_answerer,
    of_asker,
)
from booking.network.colleague_questions.routes.reading import question_page


@colleague_questions.route("/questions/new", methods=["GET", "POST"])
@requires(Action.SEE_NETWORK_LIFE)
def ask() -> ResponseReturnValue:
    """Ask everybody who sees network life."""
    form = AskColleaguesForm()
    form.offer_areas(pages.areas())
    form.offer_schools(queries.own_schools(current_user.actor.schools()))
    if done := form.carry_out(
        lambda: service.ask(actor=current_user.actor, now=clock.now(), details=form.details()),
        REFUSALS,
    ):
        flash("Asked. Answers wait for you on the page about network life.", "success")
        return redirects.see(address_of(done.result))
    found = queries.similar(form.title.data or "")
    return form.page("network/questions/form.html", words=words, similar=found)


@colleague_questions.post("/questions/<public_id>/answers")
@of_a_question
def answer(question: ColleagueQuestion) -> ResponseReturnValue:
    """Answer a question."""
    form = AnswerColleagueForm()
    form.offer_schools(queries.own_schools(current_user.actor.schools()))
    if form.carry_out(
        lambda: service.answer(
            actor=current_user.actor, now=clock.now(), question=question, details=form.details()
        ),
        REFUSALS,
    ):
        flash("Thank you. Your answer is there.", "success")
        return redirects.see(address_of(question))
    return question_page(question, form)


@colleague_questions.post("/questions/<public_id>/close")
@requires(Action.KEEP_QUESTION, load=load_readable, scope=of_asker, name="question")
def close(question: ColleagueQuestion) -> ResponseReturnValue:
    """Close a question without an answer that helped."""
    return _done(question, service.close, "The question is closed.")


@colleague_questions.post("/questions/<public_id>/open")
@requires(Action.KEEP_QUESTION, load=load_readable, scope=of_asker, name="question")
def open_again(question: ColleagueQuestion) -> ResponseReturnValue:
    """Open a question again."""
    return _done(question, service.open_again, "The question is open again.")


@colleague_questions.post("/questions/<public_id>/take-back")
@requires(Action.KEEP_QUESTION, load=load_readable, scope=of_asker, name="question")
def take_question_back(question: ColleagueQuestion) -> ResponseReturnValue:
    """Delete a question that nobody has answered."""
    done = acts.attempt(
        lambda: service.take_question_back(
            actor=current_user.actor, now=clock.now(), question=question
        ),
        service.QuestionHasAnswers,
        level="warning",
    )
    if done is None:
        return redirects.see(address_of(question))
    flash("Your question is deleted.", "success")
    return redirects.see(url_for(".listing"))


@colleague_questions.post("/questions/answers/<public_id>/helped")
@requires(Action.KEEP_QUESTION, load=load_answer, scope=of_answered, name="answer")
def say_it_helped(answer: ColleagueAnswer) -> ResponseReturnValue:
    """Say that an answer helped."""
    back = address_of(answer.question)
    done = acts.attempt(
        lambda: service.say_it_helped(actor=current_user.actor, now=clock.now(), answer=answer),
        service.QuestionClosed,
        level="warning",
    )
    if done:
        flash("Thank you. The question is closed; others find what helped.", "success")
    return redirects.see(back)


@colleague_questions.post("/questions/answers/<public_id>/take-back")
@requires(Action.KEEP_QUESTION, load=load_answer, scope=of_answerer, name="answer")
def take_answer_back(answer: ColleagueAnswer) -> ResponseReturnValue:
    """Delete an answer of one's own."""
    back = address_of(answer.question)
    acts.run(
        lambda: service.take_answer_back(actor=current_user.actor, now=clock.now(), answer=answer)
    )
    flash("Your answer is deleted.", "success")
    return redirects.see(back)


def _done(question: ColleagueQuestion, act: Callable[..., None], words: str) -> ResponseReturnValue:
    acts.run(lambda: act(actor=current_user.actor, now=clock.now(), question=question))
    flash(words, "success")
    return redirects.see(address_of(question))

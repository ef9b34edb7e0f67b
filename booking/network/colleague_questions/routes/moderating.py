"""Where colleagues tell the lead what is wrong, and the lead hides, settles and looks."""

from collections.abc import Callable
from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation import clock
from booking.foundation.web import acts, redirects
from booking.foundation.web.access import requires
from booking.network.colleague_questions import service
from booking.network.colleague_questions.forms import QuestionWordForm
from booking.network.colleague_questions.models import ColleagueAnswer, ColleagueQuestion
from booking.network.colleague_questions.routes.blueprint import (
    REFUSALS,
    address_of,
    colleague_questions,
    load_answer,
    load_readable,
    of_a_question,
    whole_network,
)


@colleague_questions.route("/questions/<public_id>/problem", methods=["GET", "POST"])
@of_a_question
def tell_lead(question: ColleagueQuestion) -> ResponseReturnValue:
    """Tell the lead what is wrong with a question or its answers."""
    return _word(
        question,
        "problem",
        "What is wrong?",
        lambda word: service.tell_lead(
            actor=current_user.actor, now=clock.now(), question=question, told=word
        ),
        "Thank you. The network lead is told, and will answer you by e-mail.",
    )


@colleague_questions.route("/questions/<public_id>/settle", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_readable, scope=whole_network, name="question")
def settle(question: ColleagueQuestion) -> ResponseReturnValue:
    """Say what was done about what somebody told."""
    return _word(
        question,
        "settle",
        "What did you do?",
        lambda word: service.settle(
            actor=current_user.actor, now=clock.now(), question=question, answer=word
        ),
        "It is settled, and whoever told you is answered.",
    )


@colleague_questions.route("/questions/<public_id>/hide", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_readable, scope=whole_network, name="question")
def hide_question(question: ColleagueQuestion) -> ResponseReturnValue:
    """Hide a question with its answers, and tell whoever asked why."""
    return _word(
        question,
        "hide",
        "Why is it hidden?",
        lambda word: service.hide_question(
            actor=current_user.actor, now=clock.now(), question=question, reason=word
        ),
        "The question is hidden, and whoever asked is told why.",
        hidden=question.about or question.title,
    )


@colleague_questions.post("/questions/<public_id>/show")
@requires(Action.RUN_NETWORK, load=load_readable, scope=whole_network, name="question")
def show_question(question: ColleagueQuestion) -> ResponseReturnValue:
    """Show a question again."""
    acts.run(
        lambda: service.show_question(actor=current_user.actor, now=clock.now(), question=question)
    )
    flash("The question is shown again.", "success")
    return redirects.see(address_of(question))


@colleague_questions.route("/questions/answers/<public_id>/hide", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_answer, scope=whole_network, name="answer")
def hide_answer(answer: ColleagueAnswer) -> ResponseReturnValue:
    """Hide an answer, and tell whoever wrote it why."""
    return _word(
        answer.question,
        "hide",
        "Why is it hidden?",
        lambda word: service.hide_answer(
            actor=current_user.actor, now=clock.now(), answer=answer, reason=word
        ),
        "The answer is hidden, and whoever wrote it is told why.",
        hidden=answer.words,
    )


@colleague_questions.post("/questions/answers/<public_id>/show")
@requires(Action.RUN_NETWORK, load=load_answer, scope=whole_network, name="answer")
def show_answer(answer: ColleagueAnswer) -> ResponseReturnValue:
    """Show an answer again."""
    back = address_of(answer.question)
    acts.run(lambda: service.show_answer(actor=current_user.actor, now=clock.now(), answer=answer))
    flash("The answer is shown again.", "success")
    return redirects.see(back)


@colleague_questions.route("/questions/<public_id>/who-asked", methods=["GET", "POST"])
@requires(Action.RUN_NETWORK, load=load_readable, scope=whole_network, name="question")
def look_who_asked(question: ColleagueQuestion) -> ResponseReturnValue:
    """Say why one must know who asked, and read it once: the look is recorded and told."""
    form = QuestionWordForm().asking("Why do you need to know?")
    done = form.carry_out(
        lambda: service.look_who_asked(
            actor=current_user.actor,
            now=clock.now(),
            question=question,
            reason=form.word.data or "",
        ),
        REFUSALS,
    )
    if done:
        return render_template(
            "network/questions/who_asked.html", question=question, person=done.result
        )
    return form.page("network/questions/look.html", question=question)


def _word(
    question: ColleagueQuestion,
    page: str,
    label: str,
    act: Callable[[str], None],
    done: str,
    **facts: Any,
) -> ResponseReturnValue:
    """Ask for a word, and do with it what was asked for."""
    form = QuestionWordForm().asking(label)
    if form.carry_out(lambda: act(form.word.data or ""), REFUSALS):
        flash(done, "success")
        return redirects.see(address_of(question))
    return form.page(f"network/questions/{page}.html", question=question, **facts)

"""The list of questions, similar ones while somebody types, and the page of one."""

from collections.abc import Mapping

from flask import Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.domain.permissions import Action
from booking.foundation.web import paging
from booking.foundation.web.access import requires
from booking.network.colleague_questions import pages, queries, words
from booking.network.colleague_questions.details import QuestionFilters
from booking.network.colleague_questions.forms import AnswerColleagueForm
from booking.network.colleague_questions.models import ColleagueQuestion
from booking.network.colleague_questions.routes.blueprint import (
    address_of,
    colleague_questions,
    of_a_question,
)

_Q_MAX = 100


@colleague_questions.get("/questions/")
@requires(Action.SEE_NETWORK_LIFE)
def listing() -> str:
    """List what colleagues ask, by the filters in the address."""
    areas = pages.areas()
    which, area = request.args.get("which", ""), request.args.get("area", "")
    filters = QuestionFilters(
        q=request.args.get("q", "").strip()[:_Q_MAX],
        area=area if area in areas else "",
        which=which if which in words.WHICH else "",
    )
    found = queries.listing(filters, actor=current_user.actor)
    page = paging.page_of(found, number=paging.asked_page())
    return render_template(
        "network/questions/list.html",
        page=page,
        rows=pages.rows(page.items),
        filters=filters,
        chips=_chips(filters, areas),
        areas=list(areas.items()),
        which=list(words.WHICH.items()),
    )


def _chips(filters: QuestionFilters, areas: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each filter in words with the address of the list without it."""
    said = {"q": f"“{filters.q}”", "area": areas.get(filters.area, "")}
    said["which"] = words.WHICH.get(filters.which, "")
    asked = {name: value for name, value in vars(filters).items() if value}
    return [
        (
            said[name],
            url_for(".listing", **{other: asked[other] for other in asked if other != name}),
        )
        for name in asked
    ]


@colleague_questions.get("/questions/similar")
@requires(Action.SEE_NETWORK_LIFE)
def similar() -> Response:
    """Return questions like the one that is being typed: title, address, and whether closed."""
    found = queries.similar(request.args.get("q", "").strip()[:_Q_MAX])
    return jsonify(
        [
            {"title": one.title, "url": address_of(one), "closed": one.closed_at is not None}
            for one in found
        ]
    )


@colleague_questions.get("/questions/<public_id>")
@of_a_question
def show(question: ColleagueQuestion) -> ResponseReturnValue:
    """Show a question with its answers."""
    form = AnswerColleagueForm(formdata=None)
    return question_page(question, form)


def question_page(question: ColleagueQuestion, form: AnswerColleagueForm) -> ResponseReturnValue:
    """Return the page of a question with the form for an answer."""
    form.offer_schools(queries.own_schools(current_user.actor.schools()))
    return form.page(
        "network/questions/question.html",
        view=pages.question_page(question, actor=current_user.actor),
        question=question,
        words=words,
    )

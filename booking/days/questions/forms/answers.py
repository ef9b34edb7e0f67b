"""The fields in which questions are answered, made for the questions of one event."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from wtforms import FormField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from booking.days.places.models import Booking
from booking.days.questions import words
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain.asking import NOTHING, OPTIONS_MAX, TEXT_MAX, AnswerKind, Told
from booking.foundation.web.forms import CheckboxesField, Form, WholeNumber, no_line_breaks

F = TypeVar("F", bound=Form)
MISSING = "Answer this question."
NO_ANSWER = "No answer"
BY_OTHERS = "Answered already by another parent or the school; left empty, that stays."


class AskedForm(Form):
    """The questions of one event within another form, which carries the token."""

    class Meta(Form.Meta):
        """The form around it carries the token."""

        csrf = False

    #: What is asked, by the name of its field.
    asked: Mapping[str, EventQuestion] = {}


def for_paper(form: type[F], questions: Sequence[EventQuestion]) -> type[F]:
    """Return a form with a part "asked" for these questions; a slip may leave any of them out.

    The printed slip is made of it, so it says who reads the answers as well.
    """
    inner = _part_for(questions, needed=frozenset(), hint=words.hint)
    return _with_part(form, inner)


def for_family(
    form: type[F],
    questions: Sequence[EventQuestion],
    known: Mapping[int, QuestionAnswer],
    parent_id: int,
) -> type[F]:
    """Return a form with a part "asked" for one parent: of what others answered only that.

    What has to be answered may stay empty where somebody else has answered it.
    """
    by_others = {one.question_id for one in known.values() if one.parent_id != parent_id}
    needed = frozenset(q.id for q in questions if q.required and q.id not in by_others)

    def hint(question: EventQuestion) -> str:
        told = question.id in by_others
        return " ".join(filter(None, (BY_OTHERS if told else "", words.hint(question))))

    return _with_part(form, _part_for(questions, needed=needed, hint=hint))


def own_data(
    questions: Iterable[EventQuestion], known: Mapping[int, QuestionAnswer], parent_id: int
) -> dict[str, Any]:
    """Return a parent's own answers as the fields of "asked" have them."""
    own = {id_: answer for id_, answer in known.items() if answer.parent_id == parent_id}
    return data_of(questions, own)


def _with_part(form: type[F], inner: type[AskedForm]) -> type[F]:
    return type(form.__name__, (form,), {"asked": FormField(inner, "")})


def for_school(
    questions: Sequence[EventQuestion],
    of_pupils: Sequence[EventQuestion],
    bookings: Iterable[Booking],
) -> type[Form]:
    """Return the form of a school: for itself, and a part for each of its pupils by booking.

    A pupil's part may stay empty: the family can still answer it.
    """
    needed = frozenset(question.id for question in questions if question.required)
    own = _part_for(questions, needed=needed, hint=words.hint)
    pupils = _part_for(of_pupils, needed=frozenset(), hint=lambda question: question.help)
    parts = {f"b{b.public_id}": FormField(pupils, b.pupil.name.strip()) for b in bookings}
    return type("SchoolAnswersForm", (Form,), {"own": FormField(own, ""), **parts})


def told_in(form: Any) -> dict[int, Told]:
    """Return what was typed into a part, by question."""
    return {q.id: _told(form[name].data, q.kind) for name, q in form.asked.items()}


def data_of(
    questions: Iterable[EventQuestion], answers: Mapping[int, QuestionAnswer]
) -> dict[str, Any]:
    """Return answers as a part's fields have them."""
    return {
        _name(question): _data(answers[question.id].told, question.kind)
        for question in questions
        if question.id in answers
    }


def _part_for(
    questions: Sequence[EventQuestion],
    *,
    needed: frozenset[int],
    hint: Callable[[EventQuestion], str],
) -> type[AskedForm]:
    fields = {_name(q): _field(q, is_required=q.id in needed, hint=hint(q)) for q in questions}
    asked = {_name(q): q for q in questions}
    return type("AskedForm", (AskedForm,), {**fields, "asked": asked})


def _name(question: EventQuestion) -> str:
    return f"q{question.public_id}"


def _field(question: EventQuestion, *, is_required: bool, hint: str) -> Any:
    asked = question.asking
    facts: dict[str, Any] = {"label": asked.words, "description": hint}
    needed = InputRequired(MISSING) if is_required else Optional()
    if asked.kind is AnswerKind.TEXT:
        longest = Length(max=TEXT_MAX, message=f"Keep this to {TEXT_MAX} characters or fewer.")
        return StringField(
            validators=[needed, longest, no_line_breaks],
            render_kw={"maxlength": TEXT_MAX},
            **facts,
        )
    if asked.kind is AnswerKind.NUMBER:
        limits = f"Enter a number from {asked.low} to {asked.high}."
        facts["description"] = f"A whole number from {asked.low} to {asked.high}. {hint}".strip()
        return WholeNumber(
            validators=[needed, NumberRange(asked.low, asked.high, message=limits)], **facts
        )
    choices = [SelectChoice(str(place), choice) for place, choice in enumerate(asked.choices)]
    if asked.kind is AnswerKind.SEVERAL:
        return CheckboxesField(validators=[needed], choices=choices, **facts)
    if not is_required:
        choices.append(SelectChoice("", NO_ANSWER))
    return RadioField(
        validators=[needed], choices=choices, default=None if is_required else "", **facts
    )


def _told(data: Any, kind: AnswerKind) -> Told:
    if data is None or data == "" or data == []:
        return NOTHING
    if kind is AnswerKind.TEXT:
        return Told(text=str(data))
    if kind is AnswerKind.NUMBER:
        return Told(number=int(data))
    return Told(chosen=tuple(map(_place, data if isinstance(data, list) else [data])))


def _place(sent: str) -> int:
    """Return which choice was sent; what no page of ours sends is none of them."""
    known = {str(place): place for place in range(OPTIONS_MAX)}
    return known.get(sent, -1)


def _data(told: Told, kind: AnswerKind) -> Any:
    if kind is AnswerKind.TEXT:
        return told.text
    if kind is AnswerKind.NUMBER:
        return told.number
    chosen = [str(place) for place in told.chosen]
    return chosen if kind is AnswerKind.SEVERAL else (chosen or [""])[0]

"""A question as its host writes it."""

from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from booking.days.events.forms.rows import LinesField
from booking.days.questions.models import EventQuestion
from booking.domain import asking
from booking.domain.asking import AnswerKind, AskedOf, Asking, KeptUntil
from booking.domain.not_to_ask import Sensitive
from booking.foundation.web.forms import Depends, Form, WholeNumber, no_line_breaks


def _choices(words: dict[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(each.value, said[0].upper() + said[1:]) for each, said in words.items()]


def _within(most: int) -> Length:
    return Length(max=most, message=f"Keep this to {most} characters or fewer.")


class QuestionForm(Form):
    """One question. What its words point to is shown when it is sent, and asked about once."""

    words: Any = StringField(
        "Your question",
        [
            InputRequired("Write the question."),
            _within(asking.WORDS_MAX),
            no_line_breaks,
        ],
        description="As a family reads it, such as “Which T-shirt size fits?”",
    )
    label: Any = StringField(
        "Short name",
        [
            InputRequired("Enter a short name, such as “T-shirt size”."),
            _within(asking.LABEL_MAX),
            no_line_breaks,
        ],
        description="What lists call it, such as “T-shirt size”.",
    )
    of: Any = RadioField(
        "Who answers",
        [InputRequired("Choose who answers.")],
        choices=_choices(asking.OF_WORDS),
        default=AskedOf.PARENT.value,
    )
    kind: Any = RadioField(
        "What kind of answer",
        [InputRequired("Choose what kind of answer you want.")],
        choices=_choices(asking.KIND_WORDS),
        default=AnswerKind.CHOICE.value,
    )
    options: Any = LinesField(
        "The list to choose from",
        [Depends()],
        description="For a list: 2 to 12 choices, each on its own line.",
    )
    low: Any = WholeNumber("Smallest number", [Depends()], description="For a number.")
    high: Any = WholeNumber("Largest number", [Depends()], description="For a number.")
    help: Any = StringField(
        "A word of help",
        [_within(asking.HELP_MAX), no_line_breaks],
        description="Why you ask, or how to measure. Stands below the question.",
    )
    required: Any = BooleanField("It has to be answered before the place is taken")
    for_staff: Any = BooleanField("Day staff read the answers too, from a week before the event")
    kept: Any = RadioField(
        "When the answers are deleted",
        [InputRequired("Choose when the answers are deleted.")],
        choices=_choices(asking.KEPT_WORDS),
        default=KeptUntil.FORTNIGHT.value,
    )
    #: What the page warned of, in codes: a tick is about nothing else.
    shown: Any = HiddenField()
    cleared: Any = BooleanField("I have read this, and my question is about something else")

    @classmethod
    def of_question(cls, question: EventQuestion) -> "QuestionForm":
        """Return the form as the question stands."""
        asked = question.asking
        return cls(
            data={
                **vars(asked),
                "of": asked.of.value,
                "kind": asked.kind.value,
                "kept": asked.kept.value,
                "options": "\n".join(asked.options),
                "shown": " ".join(question.cleared),
                "cleared": bool(question.cleared),
            }
        )

    def asking(self) -> Asking:
        """Return the question as it was typed."""
        options = (self.options.data or "").splitlines()
        return Asking(
            of=AskedOf(self.of.data),
            kind=AnswerKind(self.kind.data),
            label=self.label.data or "",
            words=self.words.data or "",
            help=self.help.data or "",
            options=tuple(filter(None, options)),
            low=self.low.data,
            high=self.high.data,
            required=bool(self.required.data),
            for_staff=bool(self.for_staff.data),
            kept=KeptUntil(self.kept.data),
        )

    def cleared_topics(self) -> list[str]:
        """Return what was read and ticked: only what the page had warned of."""
        return [topic.value for topic in self.topics_shown()] if self.cleared.data else []

    def topics_shown(self) -> list[Sensitive]:
        """Return what the page warns of."""
        known = {topic.value for topic in Sensitive}
        return [Sensitive(code) for code in (self.shown.data or "").split() if code in known]

    def warn_of(self, topics: Iterable[Sensitive]) -> None:
        """Show what the words point to, with a tick that is still to be set."""
        self.shown.data, self.cleared.data = " ".join(topics), False


class WithdrawForm(Form):
    """The button that takes a question back."""

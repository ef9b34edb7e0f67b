"""Input about questions: what is asked, what is answered, a word to or from the lead."""

from collections.abc import Iterable, Mapping

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from booking.days.events.forms.rows import LinesField
from booking.domain.asking_colleagues import ABOUT_MAX, ANSWER_MAX, TITLE_MAX, WORD_MAX
from booking.foundation.web.forms import Depends, Form
from booking.network.colleague_questions.details import AnsweredDetails, AskedDetails
from booking.people.schools.models import School

#: Stands for "no school" in a list of ids.
NONE = 0


def _at_most(most: int) -> Length:
    return Length(max=most, message=f"Shorten this to {most:,} characters.")


class OfSchoolForm(Form):
    """For which of their schools somebody writes, and that no pupil is named."""

    school_id = SelectField(
        "Your school", [Depends()], coerce=int, invalid_choice_message="Choose one of these."
    )
    no_pupil = BooleanField("The name in it is not a pupil’s", [Depends()])

    def offer_schools(self, schools: Iterable[School]) -> None:
        """Let somebody choose between their schools, if they have several."""
        own = [(school.id, school.name) for school in schools]
        self.school_id.choices = own or [(NONE, "No school")]
        if len(own) < 2:
            self.school_id.data = own[0][0] if own else NONE


class AskColleaguesForm(OfSchoolForm):
    """A question to colleagues."""

    title = StringField("Your question", [InputRequired("Ask in a line."), _at_most(TITLE_MAX)])
    about = LinesField(
        "What have you tried, and what would help?", [Depends(), _at_most(ABOUT_MAX)]
    )
    area = SelectField(
        "What is it about?", [Depends()], choices=[], invalid_choice_message="Choose one of these."
    )
    without_name = BooleanField("Ask without my name", [Depends()])

    def offer_areas(self, areas: Mapping[str, str]) -> None:
        """Let somebody choose between the areas in which colleagues offer help."""
        self.area.choices = [("", "None of these"), *areas.items()]

    def details(self) -> AskedDetails:
        """Return what was filled in."""
        return AskedDetails(
            title=self.title.data or "",
            about=self.about.data or "",
            area=self.area.data or "",
            school_id=self.school_id.data or None,
            without_name=bool(self.without_name.data),
            no_pupil=bool(self.no_pupil.data),
        )


class AnswerColleagueForm(OfSchoolForm):
    """An answer to a colleague."""

    words = LinesField("Your answer", [InputRequired("Write your answer."), _at_most(ANSWER_MAX)])

    def details(self) -> AnsweredDetails:
        """Return what was filled in."""
        return AnsweredDetails(
            words=self.words.data or "",
            school_id=self.school_id.data or None,
            no_pupil=bool(self.no_pupil.data),
        )


class QuestionWordForm(Form):
    """A word: why something is hidden or looked at, what is wrong, what was done."""

    word = LinesField("Why?", [InputRequired("Say it in a few words."), _at_most(WORD_MAX)])

    def asking(self, label: str) -> "QuestionWordForm":
        """Ask for the word in these words."""
        self.word.label.text = label
        return self

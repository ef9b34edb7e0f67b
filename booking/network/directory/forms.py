"""Input of the directory: an offer, what a school asks, a word, an area, a choice."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from booking.days.events.forms.rows import LinesField
from booking.domain.helping import (
    AREA_MAX,
    REASON_MAX,
    TIME_MAX,
    WHAT_MAX,
    WHEN_MAX,
    WORDS_MAX,
    ExpertiseDetails,
    HelpCosts,
    HelpKind,
    HelpPhase,
)
from booking.foundation.web.forms import CheckboxesField, Depends, Form
from booking.network.directory import words
from booking.network.directory.details import AskingDetails, details_of
from booking.network.directory.models import Expertise, HelpArea
from booking.people.schools.models import School

#: Stands for "no school" in lists of ids.
NONE = 0
_CHOOSE = "Choose at least one."


def _at_most(most: int) -> Length:
    return Length(max=most, message=f"Shorten this to {most:,} characters.")


def _choices(names: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(value.value, name) for value, name in names.items()]


class ChangeExpertiseForm(Form):
    """What somebody offers."""

    areas = CheckboxesField("Areas", [InputRequired("Choose at least one area.")])
    phases = CheckboxesField(
        "With which phases?", [InputRequired(_CHOOSE)], choices=_choices(words.PHASES)
    )
    kinds = CheckboxesField(
        "What can you offer?", [InputRequired(_CHOOSE)], choices=_choices(words.KINDS)
    )
    time = StringField(
        "How much time in a term?",
        [InputRequired("Say how much time you have."), _at_most(TIME_MAX)],
    )
    costs = RadioField(
        "Does your school ask for costs?",
        [InputRequired("Choose one.")],
        choices=_choices(words.COSTS),
    )
    about = LinesField(
        "In a few words", [InputRequired("Say it in a few words."), _at_most(WORDS_MAX)]
    )
    for_partners = BooleanField("Associates may see it too, not schools alone")

    def offer_areas(self, areas: Iterable[HelpArea]) -> None:
        """Let somebody choose from these areas."""
        self.areas.choices = [SelectChoice(str(area.id), area.name) for area in areas]

    def details(self) -> ExpertiseDetails:
        """Return what was filled in."""
        return ExpertiseDetails(
            areas=frozenset(int(each) for each in self.areas.data or []),
            phases=frozenset(HelpPhase(each) for each in self.phases.data or []),
            kinds=frozenset(HelpKind(each) for each in self.kinds.data or []),
            time=self.time.data or "",
            costs=HelpCosts(self.costs.data),
            about=self.about.data or "",
            for_partners=bool(self.for_partners.data),
        )


class ExpertiseForm(ChangeExpertiseForm):
    """A new offer, and the school whose head confirms it."""

    school_id = SelectField("Your school", coerce=int)

    def offer_schools(self, schools: Sequence[School]) -> None:
        """Let somebody choose between their schools; whoever has none is confirmed by the lead."""
        none = [] if schools else [(NONE, words.NO_SCHOOL)]
        self.school_id.choices = [*((each.id, each.name) for each in schools), *none]


class LinkForm(Form):
    """What a school asks for."""

    area_id = SelectField("In which area?", coerce=int)
    what = LinesField(
        "What would you like help with?",
        [InputRequired("Say in a few words what you need."), _at_most(WHAT_MAX)],
    )
    by_when = StringField("By when?", [Depends(), _at_most(WHEN_MAX)])
    school_id = SelectField("For which school?", coerce=int)

    def offer(self, schools: Iterable[School], areas: Iterable[HelpArea]) -> None:
        """Let somebody choose."""
        self.school_id.choices = [(each.id, each.name) for each in schools]
        self.area_id.choices = [(each.id, each.name) for each in areas]

    def asked(self) -> AskingDetails:
        """Return what was filled in."""
        return AskingDetails(self.area_id.data, self.what.data or "", self.by_when.data or "")


class SuggestionForm(Form):
    """Whom the lead suggests, and why."""

    offer = SelectField("Whom do you suggest?")
    word = LinesField("Why?", [InputRequired("Say it in a few words."), _at_most(REASON_MAX)])


class HelpWordForm(Form):
    """Why an offer is taken off, or a wish is turned down."""

    word = LinesField("Why?", [InputRequired("Say it in a few words."), _at_most(REASON_MAX)])


class HelpAreaForm(Form):
    """A new area."""

    name = StringField("New area", [InputRequired("Give it a name."), _at_most(AREA_MAX)])


def filled(offer: Expertise) -> dict[str, Any]:
    """Return a stored offer as the form's first values."""
    details = details_of(offer)
    return {
        **vars(details),
        "areas": [str(each) for each in sorted(details.areas)],
        "phases": sorted(each.value for each in details.phases),
        "kinds": sorted(each.value for each in details.kinds),
        "costs": details.costs.value,
    }

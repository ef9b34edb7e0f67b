"""A kit, and one hand-over of it."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired

from booking.days.events.forms.rows import LinesField
from booking.days.tours.details import KitDetails
from booking.days.tours.forms.tours import SCHOOL, id_of
from booking.days.tours.models import Kit, KitState
from booking.foundation.web.forms import Depends, Form
from booking.people.schools.models import School


class KitForm(Form):
    """What a kit is called and what is in it."""

    name = StringField("Name", [InputRequired("Enter a name.")])
    school_id = SelectField(
        "Whose it is", [InputRequired(SCHOOL)], coerce=id_of, validate_choice=False
    )
    contents = LinesField("What is in it", render_kw={"rows": 8})

    def offer(self, schools: Iterable[School]) -> "KitForm":
        """Let the person choose one of these schools."""
        self.school_id.choices = {school.id: school.name for school in schools}
        return self

    def details(self) -> KitDetails:
        """Return what was filled in."""
        return KitDetails(
            name=self.name.data or "",
            school_id=self.school_id.data or 0,
            contents=self.contents.data or "",
        )


def kit_filled(kit: Kit) -> dict[str, Any]:
    """Return a stored kit as the form's first values."""
    return {"name": kit.name, "school_id": kit.school_id, "contents": kit.contents}


class HandOverForm(Form):
    """Where a kit is now: one press, and what is missing."""

    #: "home", "collected", or "lent" with the stop: "lent:<its public id>".
    to = HiddenField()
    missing = LinesField("What is missing or broken?", [Depends()], render_kw={"rows": 2})

    def said(self) -> tuple[KitState | None, str]:
        """Return where the kit is said to be, and for which stop; None for what we never offer."""
        state, _, stop = (self.to.data or "").partition(":")
        return (KitState(state) if state in {*KitState} else None), stop

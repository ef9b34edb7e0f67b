"""Forms for groups: how many, and who is in which."""

from collections.abc import Mapping

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from booking.days.groups.details import Spot
from booking.days.groups.pages import GroupsPage
from booking.days.groups.words import NAMING_WORDS, GroupNaming
from booking.domain import grouping
from booking.foundation.web.forms import Form, WholeNumber, no_line_breaks

NAME_MAX = 30
BY_GROUPS, BY_SIZE = "groups", "size"


class VersionForm(Form):
    """A button on the page of the groups: it says which state of them the person has seen."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """Return the state that the page showed."""
        sent = self.version.data or ""
        return int(sent) if sent.isdecimal() and len(sent) < 9 else 0


class ProposeForm(VersionForm):
    """How many groups, and what they are called."""

    number = WholeNumber(
        "How many",
        [
            Optional(),
            NumberRange(1, 500, message=f"Enter a number from 1 to {grouping.GROUPS_MAX}."),
        ],
    )
    by = RadioField(
        "This is",
        choices={BY_GROUPS: "the number of groups", BY_SIZE: "the most pupils in one group"},
        default=BY_GROUPS,
    )
    naming = SelectField(
        "New groups are called",
        choices={kind.value: said for kind, said in NAMING_WORDS.items()},
        default=GroupNaming.COLOURS.value,
    )
    with_friend = BooleanField("Nobody without another pupil from the same school")

    def wanted(self) -> dict[str, int | None]:
        """Return the number of groups, or their size."""
        return {str(self.by.data): self.number.data}


def group_field(public_id: str) -> str:
    """Return the name of the field with a pupil's group."""
    return f"group-{public_id}"


def keep_field(public_id: str) -> str:
    """Return the name of the field that keeps a pupil in the group."""
    return f"keep-{public_id}"


def name_field(group_id: int) -> str:
    """Return the name of the field with a group's name."""
    return f"name-{group_id}"


def arrange_form(view: GroupsPage) -> Form:
    """Return a form with a group for each pupil, and a name for each group."""
    choices = {"": "No group"} | {str(group.id): group.name for group in view.groups}
    fields: dict[str, object] = {
        name_field(group.id): StringField(
            f"Group {number}",
            [
                InputRequired("Enter a name."),
                Length(max=NAME_MAX, message=f"Shorten the name to {NAME_MAX} characters."),
                no_line_breaks,
            ],
            default=group.name,
        )
        for number, group in enumerate(view.groups, start=1)
    }
    for row in view.rows:
        public_id = row.booking.public_id
        fields[group_field(public_id)] = SelectField(
            f"Group of {row.name}", choices=choices, default=str(row.group_id or "")
        )
        fields[keep_field(public_id)] = BooleanField(f"Keep {row.name} here", default=row.pinned)
    form: Form = type("ArrangeForm", (Form,), fields)()
    return form


def typed_names(form: Form, view: GroupsPage) -> Mapping[int, str]:
    """Return the name typed for each group, by position."""
    return {
        g.position: form[name_field(g.id)].data for g in view.groups if name_field(g.id) in form
    }


def typed_spots(form: Form, view: GroupsPage) -> Mapping[int, Spot | None]:
    """Return the group chosen for each pupil, by booking."""
    position = {str(group.id): group.position for group in view.groups}
    found: dict[int, Spot | None] = {}
    for row in view.rows:
        public_id = row.booking.public_id
        if group_field(public_id) in form:
            chosen = form[group_field(public_id)].data
            keep = bool(form[keep_field(public_id)].data)
            found[row.booking.id] = Spot(position[chosen], keep) if chosen in position else None
    return found

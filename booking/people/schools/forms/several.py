"""Input for inviting several people at once: each on a line."""

from collections.abc import Sequence
from typing import Any

from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from booking.domain.permissions import Role
from booking.foundation.web.forms import Form
from booking.people.schools.details import InvitedLine
from booking.people.schools.forms.account import VERBATIM
from booking.people.schools.imports import colleagues

TEXT_MAX = 20_000


class SeveralForm(Form):
    """Several people, each on a line, invited to one role."""

    lines = TextAreaField(
        "People to invite",
        [
            InputRequired("Put each person on a line: name, comma, address."),
            Length(max=TEXT_MAX, message="This is too long. Invite fewer people at a time."),
        ],
        render_kw={**VERBATIM, "autocomplete": "off", "rows": 8},
    )

    def __init__(self, role: Role) -> None:
        """Take the role to which they are invited."""
        super().__init__()
        self.role = role
        self.people: Sequence[InvitedLine] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Read each line; say of the wrong ones what to do."""
        if not super().validate(extra_validators):
            return False
        try:
            self.people = colleagues.read(self.lines.data, self.role)
        except colleagues.LinesRefused as refused:
            self.show_problems(refused.problems)
            return False
        return True

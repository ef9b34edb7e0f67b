"""Forms for the list of themes."""

from collections.abc import Iterable

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired

from booking.days.events.models import Theme
from booking.foundation.web.forms import Form


class ThemeForm(Form):
    """The name of a theme."""

    name = StringField("Name of the theme", [InputRequired("Enter a name, such as Science.")])


class MergeThemesForm(Form):
    """The theme that takes over another one's events."""

    into = SelectField("Merge it into", [InputRequired("Choose a theme.")])

    def offer(self, themes: Iterable[Theme]) -> "MergeThemesForm":
        """Let the lead choose one of these themes."""
        self.into.choices = {theme.public_id: theme.name for theme in themes}
        return self

"""Fields that the forms of families and schools share."""

from wtforms import SelectMultipleField, widgets
from wtforms.validators import Length


def longest(most: int) -> Length:
    """Return what refuses a text longer than so many characters."""
    return Length(max=most, message=f"Keep this to {most} characters or fewer.")


class CheckboxesField(SelectMultipleField):
    """Several checkboxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

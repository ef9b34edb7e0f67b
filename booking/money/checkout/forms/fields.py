"""Fields that the forms of families and schools share."""

from wtforms.validators import Length


def longest(most: int) -> Length:
    """Return what refuses a text longer than so many characters."""
    return Length(max=most, message=f"Keep this to {most} characters or fewer.")

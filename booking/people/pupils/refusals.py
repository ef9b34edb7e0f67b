"""Why a pupil cannot be written, in words for the person who tried."""

from booking.domain import year_groups
from booking.people.pupils.details import CLASS_MAX, NAME_MAX
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School


class PupilRefused(ValueError):
    """A pupil cannot be saved like this; `field` names what to correct."""

    field = "forename"


class PupilNameMissing(PupilRefused):
    """A pupil needs a forename."""

    def __init__(self) -> None:
        super().__init__("Enter the forename that the pupil is known by.")


class NameTooLong(PupilRefused):
    """A name does not fit on a roster."""

    def __init__(self) -> None:
        super().__init__(f"Use at most {NAME_MAX} characters for each name.")


class ClassTooLong(PupilRefused):
    """A class has a longer name than a list has room for."""

    field = "class_name"

    def __init__(self) -> None:
        super().__init__(f"Use at most {CLASS_MAX} characters for the class.")


class YearNotTaught(PupilRefused):
    """The school has no such year group."""

    field = "year_group"

    def __init__(self, school: School) -> None:
        years = year_groups.range_name(school.low_year, school.high_year)
        super().__init__(f"{school.name} has {years}. Choose one of these.")


class SamePupil(PupilRefused):
    """The school already has a pupil of this name in this year."""

    def __init__(self, pupil: Pupil) -> None:
        year = year_groups.name(pupil.year_group)
        super().__init__(
            f"{pupil.name} in {year} is already on your list. If this is a different pupil with "
            "the same name, enter the class of each, or add a middle initial."
        )


class AlreadyLeft(PupilRefused):
    """The pupil has already left."""

    field = ""

    def __init__(self, pupil: Pupil) -> None:
        super().__init__(f"{pupil.name} is no longer on your list.")

"""Why a pupil cannot be written down at the door, or a walk-in cannot be changed."""


class WalkInRefused(ValueError):
    """It cannot be done like this; `field` names what to correct."""

    field = ""


class WalkInNameMissing(WalkInRefused):
    """A walk-in needs a first name and a surname."""

    field = "name"

    def __init__(self, most: int) -> None:
        super().__init__(f"Enter first name and surname, at most {most} characters.")


class SchoolDoesNotCome(WalkInRefused):
    """The school has no place at this event."""

    field = "school"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has no places at this event. Ring the school.")


class OnTheList(WalkInRefused):
    """The pupil is expected, and is marked in the register."""

    field = "name"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is on the list already. Mark them in the register.")


class NoOneToReplace(WalkInRefused):
    """Whoever was to be replaced is here, was replaced already, or is no longer expected."""

    field = "instead_of"


class OverThePlaces(WalkInRefused):
    """The school has no place left today; the host may let the pupil stay, and says why."""

    field = "reason"

    def __init__(self, school: str, most: int) -> None:
        super().__init__(
            f"{school} has no place left today. If the pupil stays, that is one more than it has: "
            f"say why, in at most {most} characters."
        )


class TakenBack(WalkInRefused):
    """It was taken back as a mistake."""

    def __init__(self) -> None:
        super().__init__("The host has taken this back: it was a mistake.")


class NotThisSchools(WalkInRefused):
    """The pupil who was chosen is on another school's list."""

    field = "pupil"

    def __init__(self) -> None:
        super().__init__("Choose a pupil of your school.")

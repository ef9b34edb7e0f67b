"""What is typed or imported about a parent, and how much room there is."""

from dataclasses import dataclass

from booking.people.pupils.models import Pupil

#: The form, the import and the export have room for two.
PARENTS_MAX = 2
NAME_MAX = 80


@dataclass(frozen=True)
class ParentDetails:
    """A parent or carer as typed or imported; the e-mail address is where the link goes."""

    name: str
    email: str
    phone: str = ""


def known_parents(pupil: Pupil) -> list[ParentDetails]:
    """Return a pupil's parents as details, the one who was known first first."""
    return [
        ParentDetails(parent.name, parent.email, parent.phone)
        for parent in sorted(pupil.parents, key=lambda parent: parent.id or 0)
    ]

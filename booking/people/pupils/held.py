"""What pupils hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import DELETED, HASHED, Part, emptied
from booking.people.pupils.models import MovedPupil, Parent, ParentLink, Pupil, PupilParent

NOBODY = {"forename": "Erased", "surname": "pupil", "class_name": "", "admission_number": None}


def parts() -> Sequence[Part]:
    """Return the pupil, the parents and what leads to them."""
    return (
        Part(
            "The pupil",
            Pupil,
            emptied("the year group and the school, which totals count", **NOBODY),
            family=lambda subject: Pupil.id.in_(subject.pupils),
        ),
        Part(
            "Parents and carers",
            Parent,
            emptied(
                "a parent who also has another child at the school; otherwise nothing but a number "
                "that payments refer to",
                name="",
                email="",
                phone="",
            ),
            family=lambda subject: Parent.id.in_(subject.parents),
        ),
        Part("Whose child", PupilParent, DELETED),
        Part(
            "Private links",
            ParentLink,
            DELETED,
            left_out={"token_hash": HASHED, "code_hash": HASHED},
        ),
        Part("Moves into a new school year", MovedPupil, DELETED),
    )

"""What `pupils` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part
from booking.people.pupils.models import MovedPupil, Parent, ParentLink, Pupil, PupilParent


def parts() -> Sequence[Part]:
    """Return the pupil, the parents and what leads to them."""
    return (
        Part(
            "The pupil",
            Pupil,
            family=lambda subject: Pupil.id.in_(subject.pupils),
        ),
        Part(
            "Parents and carers",
            Parent,
            family=lambda subject: Parent.id.in_(subject.parents),
        ),
        Part("Whose child", PupilParent),
        Part(
            "Private links",
            ParentLink,
            left_out={"token_hash": HASHED, "code_hash": HASHED},
        ),
        Part("Moves into a new school year", MovedPupil),
    )

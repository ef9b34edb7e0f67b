"""Forms for groups and workshops."""

from booking.days.groups.forms.groups import (
    ProposeForm,
    VersionForm,
    arrange_form,
    group_field,
    keep_field,
    name_field,
    typed_names,
    typed_spots,
)
from booking.days.groups.forms.workshops import (
    ClosesForm,
    SpotsForm,
    WishesForm,
    WorkshopForm,
    filled,
    wished,
)

__all__ = [
    "ClosesForm",
    "ProposeForm",
    "SpotsForm",
    "VersionForm",
    "WishesForm",
    "WorkshopForm",
    "arrange_form",
    "filled",
    "group_field",
    "keep_field",
    "name_field",
    "typed_names",
    "typed_spots",
    "wished",
]

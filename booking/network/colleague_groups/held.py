"""What `colleague_groups` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.network.colleague_groups.models import StaffGroupAsk, StaffGroupMember, StaffGroupNote


def parts() -> Sequence[Part]:
    """Return in which groups somebody is, which they asked for, and what they noted."""
    return (
        of_adult("Groups", StaffGroupMember.person_id),
        of_adult("Groups asked for, or asked into", StaffGroupAsk.person_id),
        of_adult("Asked into groups by them", StaffGroupAsk.asked_by_id),
        of_adult("Notes of groups", StaffGroupNote.author_id),
    )

"""Groups in words: their kinds, how one comes in, who is in them."""

from booking.domain.english import plural
from booking.domain.grouping_colleagues import GroupKind, Joining
from booking.network.colleague_groups.details import InGroup
from booking.network.colleague_groups.models import StaffGroupMember

KIND_NAMES = {
    GroupKind.SUBJECT: "Subject group",
    GroupKind.WORKING: "Working group",
    GroupKind.PAIR: "Pair (co-coaching)",
    GroupKind.TRIAD: "Triad (research)",
}
JOINING_NAMES = {
    Joining.OPEN: "Anybody who sees network life can join",
    Joining.ON_REQUEST: "Whoever leads it says who comes in",
}
NAME_NO_PUPIL = "Name no pupil, not even by a forename."


def size(inside: InGroup) -> str:
    """Return "4 members"."""
    return plural(inside.members, "member")


def led_by(inside: InGroup) -> str:
    """Return "Led by Ana Asker and Hal Helper"."""
    names = " and ".join(inside.leaders)
    return f"Led by {names}" if names else "Nobody leads it"


def post(row: StaffGroupMember) -> str:
    """Return where a member is: "Ashdale School"; an institution for an associate."""
    places = (
        grant.school.name if grant.school else grant.institution for grant in row.person.grants
    )
    return ", ".join(dict.fromkeys(filter(None, places)))

"""The ways to what schools and the network keep about themselves."""

from collections.abc import Sequence

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Door, Section


def section() -> Section:
    """Return the section of whoever runs, or reads, the network."""
    return Section("Network", "admin.home", Action.SEE_NETWORK)


def of_school() -> Sequence[Door]:
    """Return what a coordinator keeps of the school itself."""
    return (
        Door(
            "Details",
            "own_school.details",
            "emergency telephone, times of the school day, INSET days",
        ),
        Door(
            "Colleagues",
            "own_school.colleagues",
            "invite a second coordinator or a host, or hand your post over",
        ),
    )


def of_network() -> Sequence[Door]:
    """Return what the lead keeps of people, schools and days."""
    return (
        Door(
            "People", "admin.people", "Who holds which post; invite, hand over, close an account."
        ),
        Door("Invitations", "admin.invitations", "Those that nobody has answered yet."),
        Door(
            "Schools",
            "admin.schools",
            "Members, their years and numbers; bring more in from the national register.",
        ),
        Door(
            "School days",
            "admin.days",
            "Terms, half terms and INSET days: deadlines never fall on a day off.",
        ),
    )

"""Links to what schools and the network keep about themselves."""

from collections.abc import Sequence

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Door, Section


def section() -> Section:
    """Return the section for people who run, or may read, the network."""
    return Section("Network", "admin.home", Action.SEE_NETWORK)


def of_school() -> Sequence[Door]:
    """Return what a coordinator looks after for the school itself."""
    return (
        Door(
            "Details",
            "own_school.details",
            "emergency telephone, times of the school day, INSET days",
        ),
        Door(
            "Colleagues",
            "own_school.colleagues",
            "invite a second coordinator or a host, or hand over your role",
        ),
        Door("Files", "own_school.files", "a policy or a plan of the site, for the other schools"),
        Door("History", "own_school.history", "who did what at your school, and when"),
    )


def of_network() -> Sequence[Door]:
    """Return what the lead looks after: people, schools and days."""
    return (
        Door("People", "admin.people", "Who has which role; invite, hand over, close an account."),
        Door("Invitations", "admin.invitations", "Those that have not been answered yet."),
        Door(
            "Schools",
            "admin.schools",
            "Members, their years and numbers; add more from the national register.",
        ),
        Door(
            "School days",
            "admin.days",
            "Terms, half terms and INSET days, so that deadlines never fall on a day off.",
        ),
    )

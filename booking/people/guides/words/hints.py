"""Hints for a first visit: one table, by endpoint, so that a page has at most one."""

from dataclasses import dataclass

from booking.domain.permissions import Role


@dataclass(frozen=True)
class Hint:
    """What somebody with a role is told on their first visit, and the task that explains it."""

    #: What is kept when somebody has read it, so it never changes.
    name: str
    role: Role
    words: str
    task: str

    @property
    def guide(self) -> str:
        """Return the guide that the task is in."""
        return self.task.partition("/")[0]

    @property
    def slug(self) -> str:
        """Return the task's part of its address."""
        return self.task.partition("/")[2]


HINTS = {
    "school.home": Hint(
        "school",
        Role.COORDINATOR,
        "what waits for you stands at the top, the earliest deadline first.",
        "coordinator/see-what-needs-doing",
    ),
    "school.event": Hint(
        "school-event",
        Role.COORDINATOR,
        "everything about your school’s places at one event is on this page: ask for them, "
        "choose pupils, and see what parents answered.",
        "coordinator/choose-pupils",
    ),
    "pupils.listing": Hint(
        "pupils",
        Role.COORDINATOR,
        "put pupils on your list before you choose them for an event.",
        "coordinator/put-pupils-on-your-list",
    ),
    "host.home": Hint(
        "hosting",
        Role.HOST,
        "a title is enough to save a draft, and nobody else sees it until you publish it.",
        "host/write-an-event",
    ),
    "host.work": Hint(
        "host-event",
        Role.HOST,
        "the links below the title lead to all that belongs to this event, from its places to "
        "its roster.",
        "host/print-the-roster",
    ),
    "allocation.round_page": Hint(
        "round",
        Role.HOST,
        "looking at this page decides nothing. A round is run once, after requests have closed.",
        "host/start-a-fair-round",
    ),
    "fund.home": Hint(
        "fund",
        Role.TREASURER,
        "what waits for you stands at the top; every amount leads to what it is made of.",
        "treasurer/see-what-needs-doing",
    ),
    "bank.home": Hint(
        "bank",
        Role.TREASURER,
        "import the bank’s own statement; most lines find their entry by themselves.",
        "treasurer/match-the-banks-statement",
    ),
    "admin.home": Hint(
        "network",
        Role.LEAD,
        "what waits for you stands at the top, and everything that you look after below.",
        "lead/see-what-needs-doing",
    ),
    "admin.schools": Hint(
        "schools",
        Role.LEAD,
        "a school needs a coordinator before it can ask for places.",
        "lead/bring-in-a-school",
    ),
}

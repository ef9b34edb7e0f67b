"""What a row of the matrix says: one endpoint and method, and who gets in.

Visitors who may not are asked to sign in; others are told that there is no such page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.trust.network import ROLES

EVERYBODY = frozenset(ROLES)
VISITOR = frozenset({"visitor"})
SIGNED_IN = EVERYBODY - VISITOR
#: Coordinators, each on their own school's side of the page.
COORDINATORS = frozenset({"own", "other"})
#: The coordinator of the school that the object belongs to, and nobody else.
OWN = frozenset({"own"})
HOSTS = frozenset({"host", "elsewhere"})
#: Somebody of an institution outside, who signs in with a second step in this network.
ASSOCIATE = frozenset({"associate"})
LEAD = frozenset({"lead"})
READERS = frozenset({"lead", "auditor"})
TREASURER = frozenset({"treasurer"})
#: Whoever sees what colleagues do for one another.
LIFE = COORDINATORS | HOSTS | READERS | TREASURER | {"staff", "associate"}
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Row:
    """Who may use one endpoint by one method, and how it is asked."""

    endpoint: str
    method: str
    #: Its parts are filled in with the network's facts.
    address: str
    who: frozenset[str]
    #: What is posted.
    data: Mapping[str, str] = field(default_factory=dict)
    #: The answer to a GET of somebody who may.
    answer: int = 200
    #: The answers for roles that get in and see something else.
    answers: Mapping[str, int] = field(default_factory=dict)
    #: For an address with a secret: the same with a secret that does not exist, and its answer.
    unknown: str = ""
    #: Markup is checked, except for answers that are not pages.
    note: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"


def get(endpoint: str, address: str, who: frozenset[str], **more: object) -> Row:
    """Return the row of a page."""
    return Row(endpoint, "GET", address, who, **more)  # type: ignore[arg-type]


def post(endpoint: str, address: str, who: frozenset[str], **more: object) -> Row:
    """Return the row of a form."""
    return Row(endpoint, "POST", address, who, **more)  # type: ignore[arg-type]


def both(endpoint: str, address: str, who: frozenset[str], **more: object) -> list[Row]:
    """Return the rows of a page whose form goes to the same address."""
    return [get(endpoint, address, who, **more), post(endpoint, address, who, **more)]

"""Plain values, handed from one feature to another: a school's facts, what proves a person."""

from dataclasses import dataclass
from typing import Any, NamedTuple

#: The proofs that every installation has; each other way of signing in names its own.
PASSWORD, INVITATION = "password", "invitation"
#: Characters in the name of an associate’s institution.
INSTITUTION_MAX = 120
#: Characters in a person’s name.
NAME_MAX = 100


@dataclass(frozen=True)
class InvitedLine:
    """One of several people to invite, as somebody typed them."""

    #: The line on which they stand, from 1.
    line: int
    name: str
    email: str
    #: For an associate: where they come from.
    institution: str = ""


@dataclass(frozen=True)
class InvitedSeveral:
    """What came of inviting several people: their names, each once."""

    sent: tuple[str, ...]
    #: Somebody at another school has the address, so the lead decides first.
    waiting: tuple[str, ...]
    #: Invited before, or in the role already: nothing was sent to them.
    before: tuple[str, ...]


@dataclass(frozen=True)
class Proof:
    """What proved who somebody is, in order to sign in."""

    #: In one word: "password". The audit trail keeps it.
    by: str
    #: Whether two different factors were shown, so that no second step follows.
    is_both: bool = False
    #: The password hashed anew, if the stored hash was outdated.
    rehashed: str = ""


@dataclass(frozen=True)
class OtherWays:
    """What somebody signed in can show in place of a password."""

    #: What their browser asks their passkeys, as JSON; "" without any.
    passkey: str = ""
    #: The form for a code of their app; None without one.
    code_form: Any = None


class SchoolLine(NamedTuple):
    """What a coordinator's home needs of the school, as columns."""

    id: int
    slug: str
    name: str
    #: Year groups as ordinals.
    low_year: int
    high_year: int
    emergency_phone: str

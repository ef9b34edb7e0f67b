"""A circular as somebody writes it, and what its page shows of its readers."""

from dataclasses import dataclass

from booking.days.events.models import Event
from booking.domain.circulars import OF_NETWORK, TO_FAMILIES, TO_SCHOOLS, Readership
from booking.domain.permissions import Actor, Role, Scope
from booking.network.circulars.models import Circular


@dataclass(frozen=True)
class Speaker:
    """For whom somebody writes: the network, a host about its event, a school to its families."""

    event: Event | None = None
    #: The families' own school; None for everybody else.
    school_id: int | None = None

    @property
    def readerships(self) -> tuple[Readership, ...]:
        """The readerships to choose from."""
        if self.event is None:
            return OF_NETWORK
        return TO_SCHOOLS if self.school_id is None else TO_FAMILIES

    @property
    def scope(self) -> Scope:
        """What permission is asked for."""
        if self.event is None:
            return Scope()
        return Scope(self.school_id or self.event.host_school_id, self.event.id)


@dataclass(frozen=True, kw_only=True)
class CircularDetails:
    """A circular as written."""

    readership: Readership
    subject: str
    text: str
    #: Roles or phases, for the readerships that are chosen by them.
    chosen: tuple[str, ...] = ()
    may_wait: bool = False


@dataclass(frozen=True, kw_only=True)
class TemplateDetails:
    """A text that is kept to start circulars from."""

    name: str
    readership: Readership
    subject: str
    text: str


@dataclass(frozen=True)
class CircularReader:
    """Somebody a circular reaches, with what fills its blanks."""

    person_id: int | None
    parent_id: int | None
    booking_id: int | None
    school_id: int | None
    name: str
    email: str
    school_name: str = ""
    child: str = ""

    @property
    def key(self) -> str:
        """What tells readers apart: "person:3", "parent:8"."""
        return f"person:{self.person_id}" if self.person_id else f"parent:{self.parent_id}"


@dataclass(frozen=True)
class Reach:
    """Whom a circular would reach now, and whom not."""

    count: int
    #: Somebody it reaches, for the preview; None if it reaches nobody.
    first: CircularReader | None
    #: Schools without a coordinator, or families without an address, by name.
    missed: tuple[str, ...]


def speaker_of(circular: Circular) -> Speaker:
    """Return for whom a circular was written."""
    if circular.event is None:
        return Speaker()
    of_families = circular.readership in TO_FAMILIES
    return Speaker(circular.event, circular.school_id if of_families else None)


def owner_for(circular: Circular, actor: Actor) -> int | None:
    """Return whose a template of a circular would be: the school that speaks, if it is the
    actor's own, or else the network's (None).
    """
    role = Role.COORDINATOR if circular.readership in TO_FAMILIES else Role.HOST
    return circular.school_id if circular.school_id in actor.school_ids(role) else None

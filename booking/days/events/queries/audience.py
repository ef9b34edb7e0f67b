"""Who would hear of an event's publication, and at which schools nobody would."""

from dataclasses import dataclass

from sqlalchemy import and_, select

from booking.days.events import ports
from booking.days.events.models import Event
from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.notifications.models import Message, MessageState
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person, RoleGrant, School


@dataclass(frozen=True)
class PublicationAudience:
    """The coordinators whom mail about a new event reaches, and the schools that it does not."""

    #: How many mails there are, and to how many schools.
    people: int
    schools: int
    #: Names of schools without a coordinator who can sign in.
    without: tuple[str, ...]
    #: Names of schools where every coordinator's address was refused.
    returned: tuple[str, ...]
    #: All places are for the host's own pupils.
    keeps_to_itself: bool = False


def audience(event: Event) -> PublicationAudience:
    """Return who would be told about an event: two statements, however many schools there are."""
    if ports.keeps_to_itself(event):
        return PublicationAudience(0, 0, (), (), keeps_to_itself=True)
    coordinates = and_(RoleGrant.school_id == School.id, RoleGrant.role == Role.COORDINATOR)
    active = and_(Person.id == RoleGrant.person_id, Person.disabled_at.is_(None))
    statement = (
        select(School.id, School.name, Person.email)
        .outerjoin(RoleGrant, coordinates)
        .outerjoin(Person, active)
        .where(
            School.id != event.host_school_id,
            School.left_on.is_(None),
            school_queries.has_years(event.low_year, event.high_year),
        )
        .order_by(School.name, School.id)
    )
    refused = _refused()
    names: dict[int, str] = {}
    mailboxes: dict[int, set[str]] = {}
    for school_id, name, email in db.session.execute(statement):
        names[school_id] = name
        mailboxes.setdefault(school_id, set()).update([email] if email else [])
    return PublicationAudience(
        people=len(set().union(*mailboxes.values())),
        schools=sum(bool(found - refused) for found in mailboxes.values()),
        without=tuple(names[id_] for id_, found in mailboxes.items() if not found),
        returned=tuple(
            names[id_] for id_, found in mailboxes.items() if found and found <= refused
        ),
    )


def _refused() -> set[str]:
    """Return the addresses of people with accounts to which mail came back."""
    statement = (
        select(Message.recipient)
        .join(Person, Person.email == Message.recipient)
        .where(Message.state == MessageState.REFUSED)
    )
    return set(db.session.scalars(statement.distinct()))

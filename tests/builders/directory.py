"""The directory for tests: offers, a head's links, and what schools ask, as people would."""

import re
from typing import Any

from sqlalchemy import select

from booking.domain.helping import ExpertiseDetails, HelpCosts, HelpKind, HelpPhase
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.network.directory import queries as directory_queries
from booking.network.directory import service as directory_service
from booking.network.directory.details import AskingDetails
from booking.network.directory.models import Expertise, HelpLink
from booking.people.schools.models import Person, School
from tests.builders import schools

AREA, OTHER_AREA = "Assessment", "Timetabling"


def area_id(name: str = AREA) -> int:
    """Return the id of an area of the first list."""
    found = directory_queries.area_named(name)
    assert found is not None
    return found.id


def details(**changes: Any) -> ExpertiseDetails:
    """Return an offer about assessment in primary schools."""
    facts: dict[str, Any] = {
        "areas": frozenset({area_id()}),
        "phases": frozenset({HelpPhase.PRIMARY}),
        "kinds": frozenset({HelpKind.CALL, HelpKind.VISIT}),
        "time": "Two afternoons",
        "costs": HelpCosts.TRAVEL,
        "about": "I led a change from grades to comments.",
        "for_partners": False,
    }
    return ExpertiseDetails(**facts | changes)


def name_head(school: School, email: str = "head@school.example") -> School:
    """Let a school name its head."""
    with transaction():
        row = db.session.get_one(School, school.id)
        row.head_name, row.head_email = "Hilda Head", email
    return db.session.get_one(School, school.id)


def offer(person: Person, school: School | None, **changes: Any) -> Expertise:
    """Offer something; the head is asked if the school names one."""
    with transaction():
        made = directory_service.offer(
            actor=schools.actor_of(person),
            now=clock.now(),
            school_id=school.id if school else None,
            details=details(**changes),
        )
        public_id = made.public_id
    return again(public_id)


def again(public_id: str) -> Expertise:
    """Return an offer as it is now."""
    db.session.rollback()
    found = directory_queries.offer(public_id)
    assert found is not None
    return found


def mails(template: str) -> list[Message]:
    """Return the mails of a kind, the oldest first."""
    db.session.rollback()
    found = select(Message).where(Message.template == template).order_by(Message.id)
    return list(db.session.scalars(found))


def token(template: str = "nomination_asked") -> str:
    """Return the secret of the link in the newest mail of a kind."""
    found = re.search(r"/(?:nominate|link-outcome)/([\w-]+)", mails(template)[-1].text or "")
    assert found is not None
    return found[1]


def nominate(offer: Expertise, *, yes: bool = True) -> Expertise:
    """Let the head answer by the link."""
    asked = directory_queries.open_nomination(offer.id, clock.now())
    assert asked is not None
    assert asked.token_hash
    hashed = asked.token_hash
    with transaction():
        directory_service.decide_by_link(now=clock.now(), hashed=hashed, said_yes=yes)
    return again(offer.public_id)


def listed(school: School, name: str = "Ola Offers", **changes: Any) -> Expertise:
    """Return an offer that the head of a school has confirmed."""
    person = schools.make_person(role=Role.HOST, school=school, name=name)
    return nominate(offer(person, name_head(school), **changes))


def ask(
    person: Person, school: School, offer: Expertise | None, what: str = "How do we begin?"
) -> HelpLink:
    """Ask for a link for a school."""
    with transaction():
        made = directory_service.ask(
            actor=schools.actor_of(person),
            now=clock.now(),
            school_id=school.id,
            offer=offer,
            details=AskingDetails(area_id(), what, "By half term"),
        )
        public_id = made.public_id
    return link_again(public_id)


def link_again(public_id: str) -> HelpLink:
    """Return a link as it is now."""
    db.session.rollback()
    found = directory_queries.link(public_id)
    assert found is not None
    return found


def introduce(link: HelpLink, lead: Person) -> HelpLink:
    """Let the lead introduce both sides."""
    with transaction():
        directory_service.introduce(actor=schools.actor_of(lead), now=clock.now(), link=link)
    return link_again(link.public_id)

"""The demonstration's directory: three offers that heads confirmed, one that waits, and a link."""

from datetime import datetime, time

from booking.domain.helping import ExpertiseDetails, HelpCosts, HelpKind, HelpPhase
from booking.domain.permissions import Role
from booking.foundation.db import db, transaction
from booking.network.directory import queries, service
from booking.network.directory.details import AskingDetails
from booking.network.directory.models import Expertise
from booking.people.schools.scene import LEAD, Diary, Scene

#: The offer that associates see too.
FOR_PARTNERS = "Timetabling"
#: In days before today.
OFFERED, NOMINATED, ASKED, INTRODUCED = 60, 55, 30, 28
_OFFERS = (
    ("Assessment", "I led a change from grades to comments, and know what staff asked."),
    ("Timetabling", "Ten years of timetables for a small school."),
    ("Special educational needs (SEND)", "How we plan support with families."),
    ("Site management", "Boilers, bookings and the summer’s works."),
)


def put_into(scene: Scene, diary: Diary) -> None:
    """Put into the diary what four coordinators offer, and what a fifth asks for."""
    people = [actor for actor in scene.people.values() if actor.has(Role.COORDINATOR)]

    def offer(now: datetime) -> None:
        for actor, (area, about) in zip(people, _OFFERS, strict=False):
            with transaction():
                school_id = actor.school_ids(Role.COORDINATOR)[0]
                service.offer(
                    actor=actor, now=now, school_id=school_id, details=_details(area, about)
                )

    def say_yes(now: datetime) -> None:
        for actor in people[: len(_OFFERS) - 1]:
            (row,) = queries.all_of(actor.person_id or 0)
            asked = queries.open_nomination(row.id, now)
            if asked is not None and asked.token_hash:
                with transaction():
                    service.decide_by_link(now=now, hashed=asked.token_hash, said_yes=True)

    def ask(now: datetime) -> None:
        asker = people[len(_OFFERS)]
        row = _offer_of(people[0].person_id)
        asked = AskingDetails(row.areas[0].id, "How do we begin without more work?", "By half term")
        with transaction():
            service.ask(
                actor=asker,
                now=now,
                school_id=asker.school_ids(Role.COORDINATOR)[0],
                offer=row,
                details=asked,
            )

    def introduce(now: datetime) -> None:
        with transaction():
            for link in queries.to_introduce():
                service.introduce(actor=scene.people[LEAD], now=now, link=link)

    for days, act in ((OFFERED, offer), (NOMINATED, say_yes), (ASKED, ask)):
        diary.put(scene.day(days, time(16)), act)
    diary.put(scene.day(INTRODUCED, time(16)), introduce)


def _offer_of(person_id: int | None) -> Expertise:
    (row,) = queries.all_of(person_id or 0)
    return db.session.get_one(Expertise, row.id)


def _details(area: str, about: str) -> ExpertiseDetails:
    found = queries.area_named(area)
    return ExpertiseDetails(
        areas=frozenset({found.id} if found else ()),
        phases=frozenset({HelpPhase.PRIMARY, HelpPhase.MIDDLE}),
        kinds=frozenset({HelpKind.CALL, HelpKind.VISIT}),
        time="Two afternoons a term",
        costs=HelpCosts.TRAVEL,
        about=about,
        for_partners=area == FOR_PARTNERS,
    )

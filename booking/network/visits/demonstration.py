"""The demonstration's visits: one that took place, with a note, and one that is asked for."""

from datetime import datetime, time, timedelta

from booking.domain.permissions import Actor, Role
from booking.domain.visits import VisitDetails, VisitKind
from booking.foundation.db import transaction
from booking.network.visits import service
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools.scene import Diary, Scene, at

#: In days before today.
OPENED, SEEN, NOTED, LATELY, ASKED = 40, 22, 20, 6, 4
#: In days from today.
COMING = 20
_NOTE = "Two pupils read to each other for ten minutes, every day. We begin after half term."


def put_into(scene: Scene, diary: Diary) -> None:
    """Put into the diary what two coordinators open, and what a third asks."""
    first, second, visitor = [
        actor for actor in scene.people.values() if actor.has(Role.COORDINATOR)
    ][:3]
    made: list[StaffVisit] = []
    asked: list[VisitAsk] = []

    def open_visit(actor: Actor, details: VisitDetails, now: datetime) -> None:
        school_id = actor.school_ids(Role.COORDINATOR)[0]
        with transaction():
            made.append(
                service.open_visit(actor=actor, now=now, school_id=school_id, details=details)
            )

    def ask(now: datetime) -> None:
        school_id = visitor.school_ids(Role.COORDINATOR)[0]
        with transaction():
            asked.append(
                service.ask(
                    actor=visitor,
                    now=now,
                    visit=made[-1],
                    hope="How you begin it, and what it replaces.",
                    school_id=school_id,
                )
            )

    def agree(now: datetime) -> None:
        with transaction():
            service.answer(actor=first, now=now, ask=asked[0], says_yes=True, word="Do come.")

    def note(now: datetime) -> None:
        with transaction():
            service.write_note(actor=visitor, now=now, ask=asked[0], note=_NOTE, is_shared=True)

    reading = _details("Paired reading in Year 4", at(scene.fitting(SEEN), time(9, 30)))
    quiet = _details("A quiet playtime", at(scene.fitting(-COMING), time(10, 15)))
    diary.put(scene.day(OPENED, time(16)), lambda now: open_visit(first, reading, now))
    diary.put(scene.day(OPENED - 2, time(16)), ask)
    diary.put(scene.day(OPENED - 3, time(16)), agree)
    diary.put(scene.day(NOTED, time(16)), note)
    diary.put(scene.day(LATELY, time(16)), lambda now: open_visit(second, quiet, now))
    diary.put(scene.day(ASKED, time(16)), ask)


def _details(title: str, starts_at: datetime) -> VisitDetails:
    return VisitDetails(
        title=title,
        kind=VisitKind.LESSON,
        subject="Primary",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        whole_days=False,
        room=2,
        about="Report to the office. Coffee is at eleven.",
        for_partners=False,
    )

"""The demonstration's circulars: one that all coordinators have read, a draft, a template."""

from datetime import datetime, time

from booking.domain.circulars import GAP, Readership
from booking.domain.permissions import Role
from booking.foundation.db import transaction
from booking.network.circulars import service
from booking.network.circulars.details import CircularDetails, Speaker, TemplateDetails
from booking.people.schools.scene import LEAD, Diary, Scene

READ, DRAFT = 12, 1
WELCOME = CircularDetails(
    readership=Readership.ROLES,
    chosen=(Role.COORDINATOR,),
    subject="Dates for the summer term",
    text=(
        "Dear {name},\n\nPlease send me the days on which {school} could host by Friday. We are "
        "short of:\n\n- anything for **Years 3 and 4**\n- a science day\n\nThank you, as always."
    ),
)
REMINDER = CircularDetails(
    readership=Readership.PHASES,
    chosen=("primary", "first"),
    subject="Coaches from the villages",
    text="Dear {name},\n\nWould {school} share a coach on the next enrichment day?",
    may_wait=True,
)

KEPT = TemplateDetails(
    name="What to bring",
    readership=Readership.FAMILIES_COMING,
    subject="{event}: what to bring",
    text=f"Dear {{name}},\n\n{{child}} needs for {{event}}, {{when}}:\n\n- {GAP}\n- a packed lunch",
)


def put_into(scene: Scene, diary: Diary) -> None:
    """Put the circulars in the diary."""
    lead = scene.people[LEAD]

    def send(now: datetime) -> None:
        with transaction():
            circular = service.write(actor=lead, now=now, speaker=Speaker(), details=WELCOME)
            service.send(actor=lead, now=now, circular=circular, at=None)
        with transaction():
            service.address_due(now=now)
        with transaction():
            service.send_copies(now=now)

    def draft(now: datetime) -> None:
        with transaction():
            service.write(actor=lead, now=now, speaker=Speaker(), details=REMINDER)
            service.keep_template(actor=lead, now=now, school_id=None, details=KEPT)

    diary.put(scene.day(READ, time(12)), send)
    diary.put(scene.day(DRAFT, time(12)), draft)

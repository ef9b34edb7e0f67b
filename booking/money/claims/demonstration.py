"""The demonstration's claims: one to decide on, one to pay, one that was sent back."""

from datetime import datetime

from sqlalchemy import select

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.domain.filing import FileKind
from booking.foundation.db import db, transaction
from booking.foundation.files import imports
from booking.foundation.files.details import Upload
from booking.money.claims import service
from booking.money.claims.details import CostClaimDetails
from booking.people.schools.scene import TREASURER, Scene

CLAIMS = (
    ("Card, glue and string", 2_340, "Ashbourne Paper"),
    ("Prizes for the last round", 1_150, "The host"),
    ("Juice and fruit for sixty", 4_825, "Vale Grocers"),
)
WHAT_IS_MISSING = "The photo of the receipt is cut off at the date. Please send it again."


def claim_costs(scene: Scene, now: datetime) -> None:
    """Let the hosts of the last events claim something; treasurer and lead get one each to do."""
    over = select(Event).where(Event.state.in_(event_states.TAKES_PLACE), event_states.over(now))
    last = over.order_by(Event.last_ends_at.desc(), Event.id).limit(len(CLAIMS))
    treasurer = scene.people[TREASURER]
    with transaction():
        made = [
            service.claim(
                actor=scene.host_of(event.host_school.slug),
                now=now,
                event=event,
                details=CostClaimDetails(pence=pence, line="", what=what, payee=payee),
                receipt=Upload("receipt.txt", FileKind.TEXT, f"{payee}: {what}\n".encode()),
                quota_bytes=imports.BYTES_MAX,
            )
            for event, (what, pence, payee) in zip(db.session.scalars(last), CLAIMS, strict=False)
        ]
    with transaction():
        for claim in made[1:2]:
            service.approve(actor=treasurer, now=now, claim=claim)
        for claim in made[2:]:
            service.send_back(actor=treasurer, now=now, claim=claim, reason=WHAT_IS_MISSING)

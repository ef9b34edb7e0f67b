"""What the outbox adds to the pages of a pupil and of a school's event."""

from collections.abc import Mapping
from datetime import datetime

from booking.days.events.models import Event
from booking.days.places.ports import MailNote
from booking.network.outbox import pages, queries, words
from booking.people.pupils.models import Pupil
from booking.people.pupils.ports import PupilPanel


def of_pupil(pupil: Pupil, *, now: datetime) -> PupilPanel | None:
    """Return what was sent to the pupil's family, and what did not arrive."""
    events = queries.bookings_of_pupil(pupil.id)
    mails = queries.sent_to_family([int(about.rpartition(":")[2]) for about in events])
    if not mails:
        return None
    troubles = queries.undelivered(pupil.school_id, now=now, pupil_id=pupil.id)
    facts = {
        "mails": pages.family_mail(mails, events, now=now),
        "troubles": pages.trouble_rows(troubles),
    }
    return PupilPanel("network/outbox/_of_pupil.html", facts)


def notes(event: Event, *, school_id: int, now: datetime) -> Mapping[int, MailNote]:
    """Return, by booking, what mail about it did not reach the family."""
    found = queries.undelivered(school_id, now=now, event_id=event.id)
    return {
        mail.booking_id: MailNote(
            *words.tag_of(mail), words.said_of(mail), is_refused=mail.is_refused
        )
        for mail in reversed(found)
    }

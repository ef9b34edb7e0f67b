"""What the outbox adds to the pages of a pupil and of a school's event."""

from collections.abc import Mapping
from datetime import datetime

from booking.days.events.models import Event
from booking.days.places.ports import MailNote
from booking.network.outbox import pages, queries, words
from booking.people.pupils.models import Pupil
from booking.people.pupils.ports import PupilPanel


def not_arrived(pupil: Pupil, *, now: datetime) -> PupilPanel | None:
    """Return what did not reach the pupil's family, above the fields with its addresses."""
    found = queries.undelivered(pupil.school_id, now=now, pupil_id=pupil.id)
    if not found:
        return None
    facts = {"troubles": pages.trouble_rows(found)}
    return PupilPanel("network/outbox/_not_arrived.html", facts, where="top")


def sent(pupil: Pupil, *, now: datetime) -> PupilPanel | None:
    """Return what was sent to the pupil's family."""
    events = queries.bookings_of_pupil(pupil.id)
    mails = queries.sent_to_family([int(about.rpartition(":")[2]) for about in events])
    if not mails:
        return None
    facts = {"mails": pages.family_mail(mails, events, now=now)}
    return PupilPanel("network/outbox/_sent.html", facts)


def notes(event: Event, *, school_id: int, now: datetime) -> Mapping[int, MailNote]:
    """Return, by booking, what mail about it did not reach the family."""
    found = queries.undelivered(school_id, now=now, event_id=event.id)
    return {
        mail.booking_id: MailNote(
            *words.tag_of(mail), words.briefly(mail), is_refused=mail.is_refused
        )
        for mail in reversed(found)
    }

"""Mail about walk-ins: that one has to be put right; never a name, nor anything of health."""

from datetime import datetime

from booking.days.events import mail as event_mail
from booking.foundation import contacts
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.on_the_day.rosters import windows
from booking.on_the_day.walk_ins.models import WalkIn
from booking.people.schools import queries as school_queries


def added(walk_in: WalkIn, *, now: datetime) -> None:
    """Ask the home school's coordinators to say who came, and to ring the host."""
    _tell(walk_in, "walk_in", "Say who came", now)


def undone(walk_in: WalkIn, *, now: datetime) -> None:
    """Tell the home school's coordinators that it was a mistake."""
    _tell(walk_in, "walk_in_undone", "See what it was", now)


def _tell(walk_in: WalkIn, template: str, label: str, now: datetime) -> None:
    event, host = walk_in.event, walk_in.event.host_school
    for person in school_queries.coordinators(walk_in.school_id):
        notifications.queue(
            key=f"{template}:{walk_in.id}:person:{person.id}",
            to=person.email,
            template=template,
            now=now,
            reply_to=event_mail.answers_to(event),
            keep_until=walk_in.date.ends_at + windows.REGISTER_UNTIL,
            name=person.name,
            event=event,
            host_name=host.name,
            host_phone=contacts.readable_phone(event.contact_phone or host.office_phone),
            is_swap=walk_in.instead_of_id is not None,
            action_url=absolute_url(addresses.WALK_IN(public_id=walk_in.public_id)),
            action_label=label,
        )

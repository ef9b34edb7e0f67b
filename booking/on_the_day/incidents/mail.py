"""Mail about incidents: that there is something to open, without a name or a word about it."""

from datetime import datetime, timedelta

from booking.days.events import mail as event_mail
from booking.days.events.models import Event
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.on_the_day.incidents.models import Incident
from booking.people.schools import queries as school_queries

#: How long such a mail is worth sending; the task at the school stays.
WORTH = timedelta(days=3)


def tell_school(incident: Incident, event: Event, *, now: datetime, news: str, key: str) -> None:
    """Tell the coordinators of the pupils' own school to open the page; `key` tells the news."""
    if incident.school_id is None:
        return
    for person in school_queries.coordinators(incident.school_id):
        notifications.queue(
            key=f"incident:{incident.id}:{key}:person:{person.id}",
            to=person.email,
            template="incident_news",
            now=now,
            keep_until=now + WORTH,
            reply_to=event_mail.answers_to(event),
            name=person.name,
            event=event,
            news=news,
            host_name=event.host_school.name,
            host_phone=event.host_school.emergency_phone or event.host_school.office_phone,
            action_url=absolute_url(addresses.SCHOOL_INCIDENT(public_id=incident.public_id)),
            action_label="Open the page",
        )

"""Mail about a request: to whoever has to answer, to whoever asked, and to hosts with a list."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from booking.days.events import words as event_words
from booking.days.places.models import Booking
from booking.domain import terms
from booking.domain.permissions import Role
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person
from booking.rights.data_requests import queries, words
from booking.rights.data_requests.models import DataRequest

_OPEN = "Open the request"
#: How long it is worth telling somebody how their request stands.
NEWS_KEPT = timedelta(days=30)


def tell_who_answers(request: DataRequest, *, now: datetime) -> None:
    """Tell the school's coordinators, or the leads, that somebody asks; not what."""
    for person in who_answers(request):
        notifications.queue(
            key=f"data_request_made:{request.public_id}:{person.id}",
            to=person.email,
            template="data_request_made",
            now=now,
            keep_until=datetime.combine(request.due_on, time(23), terms.LONDON),
            reply_to="",
            name=person.name,
            wants=words.SHORT[request.asked_right],
            due=terms.day_text(request.due_on),
            at_school=request.school_id is not None,
            action_url=absolute_url(where(request)),
            action_label=_OPEN,
        )


def who_answers(request: DataRequest) -> list[Person]:
    """Return who has to answer."""
    if request.school_id is None:
        return school_queries.people_with(Role.LEAD)
    return school_queries.coordinators(request.school_id)


def where(request: DataRequest) -> addresses.Path:
    """Return the page on which a request is answered."""
    page = addresses.SCHOOL_DATA_REQUEST if request.school_id else addresses.DATA_REQUEST
    return page(public_id=request.public_id)


def tell_asker(request: DataRequest, what: str, *, now: datetime, said: str = "") -> None:
    """Tell whoever asked how it stands: "taken", "later", "done", "refused" or "lifted"."""
    if not request.address:
        return  # the page says that only post reaches them
    notifications.queue(
        key=f"data_request_news:{request.public_id}:{what}",
        to=request.address,
        template="data_request_news",
        now=now,
        keep_until=now + NEWS_KEPT,
        about=queries.about(request),
        reply_to=school_queries.mailbox_of(who_answers(request)),
        name=request.asker,
        what=what,
        wants=words.SHORT[request.asked_right],
        received=terms.day_text(request.received_on),
        due=terms.day_text(request.due_on),
        said=said,
        restricted=request.restricted_at is not None,
        until=terms.in_sentence(request.lifted_at)
        if request.lifted_at is not None and request.lifted_at > now
        else "",
        school_name=request.school.name if request.school else "",
    )


def tell_hosts(places: Iterable[Booking], request: DataRequest, *, now: datetime) -> None:
    """Tell hosts who had a list with the pupil that something on it has changed; not of whom."""
    for booking in places:
        event = booking.event
        for person in school_queries.hosts(event.host_school_id):
            notifications.queue(
                key=f"data_corrected:{request.public_id}:{event.id}:{person.id}",
                to=person.email,
                template="data_corrected",
                now=now,
                keep_until=now + NEWS_KEPT,
                reply_to=school_queries.mailbox_of(school_queries.coordinators(booking.school_id)),
                name=person.name,
                title=event.title,
                when=event_words.when(event),
                school_name=booking.school.name,
                host=event.host_school.name,
                action_url=absolute_url(addresses.HOST_EVENT(slug=event.slug)),
                action_label="Open the event",
            )

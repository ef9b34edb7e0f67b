"""What coordinators are told: their own school's result or quota, and why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from booking.days.allocation.models import Round
from booking.days.events import mail as event_mail
from booking.days.events.models import Event
from booking.domain.allocation import claims, explain
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


def tell_results(
    event: Event,
    row: Round,
    round_: claims.RoundFacts,
    allotment: claims.Allotment,
    school_ids: Mapping[str, int],
    *,
    now: datetime,
) -> None:
    """Tell each school's coordinators what their school received, and why."""
    answers_to = event_mail.answers_to(event)
    for slug in round_.schools:
        words: dict[str, Any] = {
            "event": event,
            "count": allotment.counts[slug],
            "wanted": round_.claim_of(slug).wanted,
            "sentence": explain.sentence(round_, allotment, slug),
            "because": explain.because(round_, allotment, slug),
            "is_full": explain.step(round_, allotment, slug) is explain.DecidingStep.IN_FULL,
            "explanation_url": absolute_url(addresses.EVENT_ALLOCATION(slug=event.slug)),
        }
        for person in school_queries.coordinators(school_ids[slug]):
            notifications.queue(
                key=f"round_result:{row.id}:{slug}:{person.id}",
                to=person.email,
                template="round_result",
                now=now,
                about=event_mail.about(event),
                keep_until=event.first_starts_at,
                reply_to=answers_to,
                name=person.name,
                action_url=absolute_url(addresses.SCHOOL_EVENT(slug=event.slug)),
                action_label=_next_step(allotment.counts[slug]),
                attachment=event_mail.calendar_file(event) if allotment.counts[slug] else None,
                **words,
            )


def _next_step(count: int) -> str:
    return "Name your pupils" if count else "See your position in the queue"


def tell_quota(event: Event, school: School, quota: int, *, now: datetime) -> None:
    """Tell a school's coordinators how many places are now kept for it."""
    for person in school_queries.coordinators(school.id):
        notifications.queue(
            key=f"quota_set:{event.id}:{school.id}:{person.id}:{now.isoformat()}",
            to=person.email,
            template="quota_set",
            now=now,
            about=event_mail.about(event),
            keep_until=event.release_at,
            reply_to=event_mail.answers_to(event),
            name=person.name,
            event=event,
            school_name=school.name,
            quota=quota,
            action_url=absolute_url(addresses.SCHOOL_EVENT(slug=event.slug)),
            action_label="Name your pupils" if quota else "Open the event",
            attachment=event_mail.calendar_file(event) if quota else None,
        )

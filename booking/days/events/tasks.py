"""Tasks for hosts about their events; higher features add their own."""

from datetime import datetime

from booking.days.events import ports
from booking.days.events.queries import hosting
from booking.domain.permissions import Actor
from booking.foundation.web import addresses
from booking.foundation.web.task_lists import Task

SHOWN = 10


def drafts_to_finish(*, actor: Actor, now: datetime) -> list[Task]:
    """Return a task for each draft that its host has to finish and publish."""
    drafts = hosting.drafts(actor, limit=SHOWN)
    waiting = ports.waiting_for_others([draft.id for draft in drafts])
    return [
        Task(
            title=f"Finish and publish {draft.title}",
            url=addresses.HOST_EVENT(slug=draft.slug),
            hint="Until then, only you and the network lead can see it.",
            tag="Draft",
        )
        for draft in drafts
        if draft.id not in waiting
    ]

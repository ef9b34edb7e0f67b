"""What happens to places, offers and invitations when time passes."""

from collections.abc import Sequence

from booking.days.places import service
from booking.foundation.chores import Job, in_batches


def jobs() -> Sequence[Job]:
    """Return the worker's jobs about deadlines: those that are coming up before those past."""
    return (
        Job("remind parents", 60, in_batches(service.remind_parents)),
        Job("remind schools", 60, in_batches(service.remind_schools)),
        Job("let unanswered invitations lapse", 5, in_batches(service.lapse_overdue)),
        Job("let reserves of events that have begun lapse", 5, in_batches(service.lapse_reserves)),
        Job("let offers expire", 5, in_batches(service.expire_offers)),
        Job("take back places without a name", 5, in_batches(service.return_unnamed)),
        Job("release quotas", 5, in_batches(service.release_quotas)),
    )

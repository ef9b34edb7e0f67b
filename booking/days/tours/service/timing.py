"""Whether the leaders and the kit are free: asked while the tour and its kit are locked."""

from datetime import datetime

from booking.days.tours import queries
from booking.days.tours.models import Tour, TourStop
from booking.days.tours.refusals import TimeTaken
from booking.domain import touring
from booking.domain.terms import span_text
from booking.domain.touring import StopTime
from booking.people.pupils import locks as pupil_locks


def refuse_if_taken(
    tour: Tour, starts_at: datetime, ends_at: datetime, *, but: TourStop | None = None
) -> None:
    """Raise TimeTaken if a stop at this time would meet another one, or the way to it.

    `but` is the stop that would have this time; its leaders may lead another tour as well. The
    caller holds the locks of the tour and its kit.
    """
    pupil_ids = [each.pupil_id for each in but.leaders if each.pupil_id] if but else []
    if pupil_ids:
        pupil_locks.pupils(pupil_ids)
    wanted = StopTime(starts_at, ends_at, tour.travel_minutes)
    taken = queries.taken_times(
        tour=tour, around=wanted, but=but.id if but else None, pupil_ids=pupil_ids
    )
    clash = touring.first_clash(wanted, taken)
    if clash is not None:
        raise TimeTaken(
            "The leaders or the kit are at another stop on "
            f"{span_text(clash.starts_at, clash.ends_at)}, and need "
            f"{max(clash.travel_minutes, tour.travel_minutes)} minutes to travel. "
            "Choose another time."
        )

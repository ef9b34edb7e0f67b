"""A visit as a calendar entry; see `events.ical` for what is true of every entry."""

from datetime import timedelta

import icalendar

from booking.days.events import ical
from booking.domain import terms
from booking.domain.visits import VisitState
from booking.foundation.web import addresses
from booking.network.visits import words
from booking.network.visits.models import StaffVisit

_DAY = timedelta(days=1)


def entry(visit: StaffVisit, *, base_url: str) -> icalendar.Event:
    """Return a visit as an entry, of hours or of whole days; visitors are named in none."""
    uid = ical.identity(base_url, f"visit/{visit.public_id}")
    status = "CANCELLED" if visit.state is VisitState.CANCELLED else "CONFIRMED"
    title = f"Visit: {visit.title}"
    url = base_url.rstrip("/") + addresses.VISIT(public_id=visit.public_id)
    if not visit.whole_days:
        return ical.appointment(
            uid=uid,
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
            title=title,
            stamped_at=visit.modified_at,
            sequence=visit.sequence,
            status=status,
            description="\n\n".join(part for part in (visit.about, url) if part),
            location=visit.school.name,
            url=url,
            category=words.SHORT_KINDS[visit.kind],
        )
    made = ical.all_day_entry(
        uid=uid,
        first_on=terms.london(visit.starts_at).date(),
        last_on=terms.london(visit.ends_at).date() - _DAY,
        title=title,
        stamped_at=visit.modified_at,
        sequence=visit.sequence,
        status=status,
    )
    made.add("LOCATION", ical.one_line(visit.school.name))
    made.add("URL", url)
    return made

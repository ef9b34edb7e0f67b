"""A meeting as a calendar entry; see `events.ical` for what is true of every entry."""

import icalendar

from booking.days.events import ical
from booking.domain import grid
from booking.foundation.web import addresses
from booking.network.meetings import queries, words
from booking.network.meetings.models import Meeting


def meeting_calendar(meeting: Meeting, *, base_url: str) -> bytes:
    """Return one meeting as an iCalendar file, to be added once (METHOD PUBLISH)."""
    file = ical.new_calendar()
    file.add("METHOD", "PUBLISH")
    file.add_component(entry(meeting, base_url=base_url))
    return ical.written(file)


def entry(
    meeting: Meeting, *, base_url: str, busy: bool = True, tentative: bool = False
) -> icalendar.Event:
    """Return a meeting as an entry: `busy` if the reader will be there, or may be.

    `tentative` says that the reader has not answered yet.
    """
    made = ical.appointment(
        uid=meeting.uid,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=meeting.title,
        stamped_at=meeting.modified_at,
        sequence=meeting.sequence,
        status=_status(meeting, tentative=tentative),
        busy=busy,
        description=_description(meeting, base_url),
        location=words.where(meeting),
        url=address(meeting, base_url),
        category=words.KIND_NAMES[meeting.kind],
    )
    made.add("CREATED", meeting.called_at)
    if (where := _coordinates(meeting)) is not None:
        made.add("GEO", where)
    if meeting.link:
        # RFC 7986: newer programs show a “Join” button.
        told = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Join online"}
        made.add("CONFERENCE", icalendar.vUri(meeting.link), parameters=told)
    return made


def address(meeting: Meeting, base_url: str) -> str:
    """Return the address of a meeting's page."""
    return base_url.rstrip("/") + addresses.MEETING(public_id=meeting.public_id)


def _status(meeting: Meeting, *, tentative: bool) -> str:
    if meeting.cancelled_at is not None:
        return "CANCELLED"
    return "TENTATIVE" if tentative else "CONFIRMED"


def _coordinates(meeting: Meeting) -> tuple[float, float] | None:
    """Return where the host school is, if the meeting is there and we know."""
    school = meeting.host_school
    if meeting.venue or school is None or school.easting is None or school.northing is None:
        return None
    return grid.to_wgs84(school.easting, school.northing)


def _description(meeting: Meeting, base_url: str) -> str:
    reason = meeting.cancelled_reason
    lines = [
        f"Cancelled: {reason}" if reason else "",
        f"{words.KIND_NAMES[meeting.kind]}. For: {queries.for_whom(meeting)}.",
        f"Join online: {meeting.link}" if meeting.link else "",
        meeting.notes,
        address(meeting, base_url),
    ]
    return "\n\n".join(ical.clean(line) for line in lines if line)

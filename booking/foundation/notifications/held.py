"""What `notifications` holds about one person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, not_

from booking.foundation.holdings import Concerned, Part
from booking.foundation.notifications.models import Message

OURS = "our own number"
PARTS_OF_MAIL = {
    "key": OURS,
    "about": OURS,
    "html": "the same words as the text",
    "attachment": "the calendar entry of the event",
    "files": "files of the event, which its page has",
}


def _to(subject: Concerned) -> ColumnElement[bool]:
    return Message.recipient.in_(subject.addresses)


def _to_others(subject: Concerned) -> ColumnElement[bool]:
    about = Message.about.in_([f"booking:{each}" for each in subject.bookings])
    return and_(about, not_(_to(subject)))


def parts() -> Sequence[Part]:
    """Return the mail to somebody, and mail to others about a pupil's places."""
    return (
        Part("Mail", Message, family=_to, adult=_to, left_out=PARTS_OF_MAIL),
        Part(
            "Mail to others about the places",
            Message,
            family=_to_others,
            left_out=PARTS_OF_MAIL | {"text": "written to somebody else"},
        ),
    )

"""What `notifications` holds about one person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_

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
    ours = Message.recipient.in_(subject.addresses)
    return and_(ours, or_(Message.recipient.not_in(subject.shared), _about(subject)))


def _about(subject: Concerned) -> ColumnElement[bool]:
    return Message.about.in_([f"booking:{each}" for each in subject.bookings])


def _to_others(subject: Concerned) -> ColumnElement[bool]:
    return and_(_about(subject), Message.recipient.not_in(subject.addresses))


def parts() -> Sequence[Part]:
    """Return the mail to somebody, and mail to others about a pupil's places."""
    return (
        Part("Mail", Message, family=_to, adult=_to, left_out=PARTS_OF_MAIL),
        Part(
            "Mail to others about the places",
            Message,
            family=_to_others,
            left_out=PARTS_OF_MAIL
            | {"text": "written to somebody else", "recipient": "somebody else’s address"},
        ),
    )

"""What choices of mail hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, nobody
from booking.people.mail_choices.models import MailStop


def parts() -> Sequence[Part]:
    """Return the kinds of mail that an adult has stopped."""
    return (
        Part(
            "Mail that was stopped",
            MailStop,
            family=nobody,
            adult=lambda subject: MailStop.person_id.in_(subject.people),
        ),
    )

"""What choices of mail hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.people.mail_choices.models import MailStop


def parts() -> Sequence[Part]:
    """Return the kinds of mail that an adult has stopped."""
    return (of_adult("Mail that was stopped", MailStop.person_id),)

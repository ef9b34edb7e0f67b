"""What sign-in with Google and Microsoft holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.people.openid.models import Identity


def parts() -> Sequence[Part]:
    """Return the accounts at Google and Microsoft by which an adult signs in."""
    return (of_adult("Google and Microsoft accounts that sign the person in", Identity.person_id),)

"""What `schools` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part, nobody, of_adult
from booking.foundation.web.models import WebSession
from booking.people.schools.models import Invitation, KnownBrowser, PasswordReset, Person, RoleGrant


def parts() -> Sequence[Part]:
    """Return an adult's account, roles, invitations and where they are signed in."""
    return (
        of_adult(
            "The account", Person.id, {"password_hash": "nobody can turn it back into the password"}
        ),
        of_adult("Roles", RoleGrant.person_id),
        Part(
            "Invitations",
            Invitation,
            family=nobody,
            adult=lambda subject: Invitation.email.in_(subject.addresses),
            left_out={"token_hash": HASHED},
        ),
        of_adult("Links for a new password", PasswordReset.person_id, {"token_hash": HASHED}),
        of_adult(
            "Browsers in which the person has signed in",
            KnownBrowser.person_id,
            {"token_hash": HASHED},
        ),
        of_adult(
            "Where the person is signed in",
            WebSession.person_id,
            {"token_hash": HASHED, "content": "what the next page has to know"},
        ),
    )

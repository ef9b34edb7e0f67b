"""What `schools` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part, nobody
from booking.foundation.web.models import WebSession
from booking.people.schools.models import Invitation, KnownBrowser, PasswordReset, Person, RoleGrant


def parts() -> Sequence[Part]:
    """Return an adult's account, roles, invitations and where they are signed in."""
    return (
        Part(
            "The account",
            Person,
            family=nobody,
            adult=lambda subject: Person.id.in_(subject.people),
            left_out={"password_hash": "nobody can turn it back into the password"},
        ),
        Part(
            "Roles",
            RoleGrant,
            family=nobody,
            adult=lambda subject: RoleGrant.person_id.in_(subject.people),
        ),
        Part(
            "Invitations",
            Invitation,
            family=nobody,
            adult=lambda subject: Invitation.email.in_(subject.addresses),
            left_out={"token_hash": HASHED},
        ),
        Part(
            "Links for a new password",
            PasswordReset,
            family=nobody,
            adult=lambda subject: PasswordReset.person_id.in_(subject.people),
            left_out={"token_hash": HASHED},
        ),
        Part(
            "Browsers in which the person has signed in",
            KnownBrowser,
            family=nobody,
            adult=lambda subject: KnownBrowser.person_id.in_(subject.people),
            left_out={"token_hash": HASHED},
        ),
        Part(
            "Where the person is signed in",
            WebSession,
            family=nobody,
            adult=lambda subject: WebSession.person_id.in_(subject.people),
            left_out={"token_hash": HASHED, "content": "what the next page has to know"},
        ),
    )

"""What schools hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part, kept, nobody
from booking.foundation.web.models import WebSession
from booking.people.schools.models import Invitation, PasswordReset, Person, RoleGrant


def parts() -> Sequence[Part]:
    """Return an adult's account, roles, invitations and where they are signed in."""
    stays = kept("an account is closed, not erased with a pupil")
    return (
        Part(
            "The account",
            Person,
            stays,
            family=nobody,
            adult=lambda subject: Person.id.in_(subject.people),
            left_out={"password_hash": "nobody can turn it back into the password"},
        ),
        Part(
            "Roles",
            RoleGrant,
            stays,
            family=nobody,
            adult=lambda subject: RoleGrant.person_id.in_(subject.people),
        ),
        Part(
            "Invitations",
            Invitation,
            stays,
            family=nobody,
            adult=lambda subject: Invitation.email.in_(subject.addresses),
            left_out={"token_hash": HASHED},
        ),
        Part(
            "Links for a new password",
            PasswordReset,
            stays,
            family=nobody,
            adult=lambda subject: PasswordReset.person_id.in_(subject.people),
            left_out={"token_hash": HASHED},
        ),
        Part(
            "Where the person is signed in",
            WebSession,
            stays,
            family=nobody,
            adult=lambda subject: WebSession.person_id.in_(subject.people),
            left_out={"token_hash": HASHED, "content": "what the next page has to know"},
        ),
    )

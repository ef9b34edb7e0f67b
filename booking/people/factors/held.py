"""What second factors hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part, nobody
from booking.people.factors.models import AuthenticatorApp, Passkey, RecoveryCode


def parts() -> Sequence[Part]:
    """Return the passkeys, the app and the recovery codes of an adult, without what opens them."""
    return (
        Part(
            "Passkeys",
            Passkey,
            family=nobody,
            adult=lambda subject: Passkey.person_id.in_(subject.people),
            left_out={
                "credential_id": "what the device calls its passkey, for the program alone",
                "public_key": "the public half of a key, for the program alone",
            },
        ),
        Part(
            "The authenticator app",
            AuthenticatorApp,
            family=nobody,
            adult=lambda subject: AuthenticatorApp.person_id.in_(subject.people),
            left_out={"secret": "whoever reads it can sign in; it is in the app"},
        ),
        Part(
            "Recovery codes",
            RecoveryCode,
            family=nobody,
            adult=lambda subject: RecoveryCode.person_id.in_(subject.people),
            left_out={"code_hash": HASHED},
        ),
    )

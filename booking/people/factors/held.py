"""What second factors hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import HASHED, Part, of_adult
from booking.people.factors.models import AuthenticatorApp, Passkey, RecoveryCode


def parts() -> Sequence[Part]:
    """Return the passkeys, the app and the recovery codes of an adult, without what opens them."""
    return (
        of_adult(
            "Passkeys",
            Passkey.person_id,
            {
                "credential_id": "what the device calls its passkey, for the program alone",
                "public_key": "the public half of a key, for the program alone",
            },
        ),
        of_adult(
            "The authenticator app",
            AuthenticatorApp.person_id,
            {"secret": "whoever reads it can sign in; it is in the app"},
        ),
        of_adult("Recovery codes", RecoveryCode.person_id, {"code_hash": HASHED}),
    )

"""How acts about second factors are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, Topic, act

_SENTENCES = {
    "add_passkey": "added a passkey of {subject}",
    "rename_passkey": "renamed a passkey of {subject}",
    "remove_passkey": "removed a passkey of {subject}",
    "add_app": "added an authenticator app of {subject}",
    "remove_app": "removed the authenticator app of {subject}",
    "new_recovery_codes": "made new recovery codes for {subject}",
    "use_recovery_code": "signed in with a recovery code of {subject}",
    "reset_factors": "reset the second factors of {subject}, who had lost them",
}


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        name: act("Signing in", words, topic=Topic.ACCOUNTS) for name, words in _SENTENCES.items()
    }

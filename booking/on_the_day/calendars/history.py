"""How acts about private calendars are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, Topic, act

_CALENDARS = "Private calendars"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about private calendars are told."""
    return {
        name: act(_CALENDARS, words, topic=Topic.ACCOUNTS) for name, words in _SENTENCES.items()
    }


_SENTENCES = {
    "make_feed": "made a private calendar",
    "change_feed": "changed a private calendar",
    "renew_feed": "gave a private calendar a new address",
    "revoke_feed": "ended a private calendar",
}

"""How acts about the lead's look are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_KIND = "Published, cancelled, closed"


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "ask_to_publish": act(_KIND, "asked the network lead to publish {subject}"),
        "withdraw_asking": act(_KIND, "no longer asks the network lead to publish {subject}"),
        "give_back_draft": act(_KIND, "gave {subject} back to its host: “{reason}”"),
    }

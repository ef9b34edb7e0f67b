"""How acts about who leads are told in a history: never a pupil's name."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_LEADS = "Who leads the event"


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "keep_leading": act(_LEADS, "wrote down who leads {subject}"),
        "confirm_provider": act(
            _LEADS, "confirmed the insurance and the checks of the provider{subject.more}"
        ),
        "agree_to_lead": act(_LEADS, "agreed that pupils of the school lead {subject}"),
        "take_back_leading": act(_LEADS, "took back that pupils of the school lead {subject}"),
    }

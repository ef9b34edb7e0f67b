"""How acts about partners' calendars are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_PARTNERS = "Partners’ calendars"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about partners' calendars are told."""
    return {name: act(_PARTNERS, words) for name, words in _SENTENCES.items()}


_SENTENCES = {
    "follow_partner": "began to follow a partner’s calendar",
    "leave_partner": "stopped following a partner’s calendar",
    "ask_partner": "asked for a partner’s calendar to be read now",
    "move_partner": "gave a partner’s calendar a new address at {moved_to}",
    "read_partner": "read {dates:date} from a partner’s calendar",
}

"""How long ended offers and links are kept."""

from collections.abc import Sequence

from booking.domain.helping import ExpertiseState, LinkState
from booking.domain.keeping import network_life
from booking.foundation.chores import RetentionRule, deleting
from booking.network.directory.models import Expertise, HelpLink

_ENDED = (ExpertiseState.DECLINED, ExpertiseState.LAPSED, ExpertiseState.WITHDRAWN)
_OVER = (
    LinkState.INTRODUCED,
    LinkState.TURNED_DOWN,
    LinkState.TAKEN_BACK,
    LinkState.ANSWERED,
)


def rules() -> Sequence[RetentionRule]:
    """Return when each is deleted; what is listed or open stays."""
    return (
        deleting(
            "ended offers of expertise",
            network_life.EXPERTISE,
            Expertise,
            lambda now: [
                Expertise.state.in_(_ENDED),
                Expertise.moved_at <= network_life.EXPERTISE.over(now),
            ],
        ),
        deleting(
            "links between schools",
            network_life.HELP_LINKS,
            HelpLink,
            lambda now: [
                HelpLink.state.in_(_OVER),
                HelpLink.moved_at <= network_life.HELP_LINKS.over(now),
            ],
        ),
    )

"""How acts about groups are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_GROUPS = "Groups"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about groups are told."""
    return {
        "propose_groups": act(
            _GROUPS, "put {pupils:pupil} into {groups:group}, by the rule{subject.more}"
        ),
        "fill_groups": act(_GROUPS, "put {pupils:pupil} without a group into one{subject.more}"),
        "arrange_groups": act(
            _GROUPS, "changed the groups by hand: {moved:pupil} moved{subject.more}"
        ),
        "undo_groups": act(_GROUPS, "took back the last change of the groups{subject.more}"),
    }

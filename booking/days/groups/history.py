"""How acts about groups and workshops are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_GROUPS, _WORKSHOPS = "Groups", "Workshops"


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
        "offer_workshop": act(_WORKSHOPS, "offered the workshop “{title}”, {places:place}"),
        "change_workshop": act(_WORKSHOPS, "changed the workshop “{title}”, {places:place}"),
        "remove_workshop": act(_WORKSHOPS, "took the workshop “{title}” off"),
        "open_workshop_choices": act(
            _WORKSHOPS, "let families choose workshops until {closes_at}{subject.more}"
        ),
        "choose_workshops": act(
            _WORKSHOPS, "chose workshops for {subject}: {wishes:wish}{subject.more}"
        ),
        "share_workshops": act(
            _WORKSHOPS, "shared out the workshops among {pupils:pupil}{subject.more}"
        ),
        "move_to_workshop": act(_WORKSHOPS, "put {subject} into another workshop{subject.more}"),
        "undo_workshop_move": act(
            _WORKSHOPS, "put {subject} back into the workshop of before{subject.more}"
        ),
        "tell_of_workshops": act(
            _WORKSHOPS, "told the family of {subject} about another workshop{subject.more}"
        ),
    }

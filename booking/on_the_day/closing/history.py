"""How acts at the end of a day are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_DAY, _LOST = "The end of the day", "Lost property"


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "close_day": act(_DAY, "closed the day{subject.more}"),
        "reopen_day": act(_DAY, "opened the day again{subject.more}: “{reason}”"),
        "reflect": act(_DAY, "wrote down what went well and what to change{subject.more}"),
        "list_lost_thing": act(_LOST, "listed something that was left behind{subject.more}"),
        "remove_lost_thing": act(
            _LOST, "took something off the list of lost property{subject.more}"
        ),
        "claim_lost_thing": act(
            _LOST, "asked for something that was left behind{school.more}{subject.more}"
        ),
        "unclaim_lost_thing": act(
            _LOST, "said that a lost thing is not theirs after all{school.more}{subject.more}"
        ),
        "move_lost_thing": act(_LOST, "recorded what became of a lost thing{subject.more}"),
    }

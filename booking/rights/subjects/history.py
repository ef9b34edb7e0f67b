"""How requests about what is held are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, Topic, act

_COPIES = "Copies of everything held"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts are told."""
    return {
        "ask_for_everything": act(
            _COPIES, "asked for everything held about {subject}", topic=Topic.FAMILY
        ),
        "forget_adult": act(_COPIES, "erased an adult who came along and asked for it"),
        "forget_typed": act(_COPIES, "erased the typed name of somebody who asked for it"),
        "copy_everything": act(
            _COPIES,
            "took a copy of everything held about {subject}, as {format}",
            topic=Topic.FAMILY,
        ),
    }

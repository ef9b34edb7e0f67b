"""How the acts that keep the site are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act


def acts() -> Mapping[str, ActWords]:
    """Return how the acts of keeping the site are told."""
    return {
        "purge": act("Upkeep", "deleted {rows:row} whose time was over"),
        "seed_scale": act("Upkeep", "filled the network with invented schools, for measuring"),
    }

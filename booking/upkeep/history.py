"""How the acts that keep the site are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act


def acts() -> Mapping[str, ActWords]:
    """Return how the acts of keeping the site are told."""
    return {
        "purge": act("Upkeep", "deleted {rows:row} whose time was over"),
        "roll_keys": act("Upkeep", "wrote {values:value} anew under another encryption key"),
        "see_alert": act("Upkeep", "saw that something was wrong with the site: {sign}"),
        "seed_demo": act("Upkeep", "filled the network with the demonstration"),
        "seed_scale": act("Upkeep", "filled the network with invented schools, for measuring"),
    }

"""How acts about mail are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about mail are told."""
    words = ("had {count:mail} sent again", "had a mail sent again")
    return {"retry_mail": act("Mail", *words)}

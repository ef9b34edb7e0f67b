"""How acts about bank statements are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, Topic, act

_BANK = "The bank"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about the bank are told."""
    return {name: act(_BANK, words, topic=Topic.MONEY) for name, words in _SENTENCES.items()}


_SENTENCES = {
    "import_bank_statement": "imported a bank statement from {first_on} to {last_on}",
    "remove_bank_statement": "removed the bank statement from {first_on} to {last_on}",
    "match_bank_lines": "matched {lines:bank transaction} of {pence} with the ledger",
    "undo_bank_match": "undid the match of {lines:bank transaction} of {pence}",
}

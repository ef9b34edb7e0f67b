"""What single words of a bank say of a line: which way money went, and whether it moved at all."""

_IN = frozenset(
    {
        "c",
        "cr",
        "crdt",
        "credit",
        "credited",
        "in",
        "money in",
        "paid in",
        "deposit",
        "received",
        "+",
    }
)
_OUT = frozenset(
    {
        "d",
        "dr",
        "dbit",
        "debit",
        "debited",
        "out",
        "money out",
        "paid out",
        "withdrawal",
        "sent",
        "-",
    }
)
_SETTLED = frozenset(
    {
        *("settled", "completed", "complete", "posted", "cleared", "booked", "paid", "processed"),
        *("success", "successful", "succeeded", "done", "executed", "received", "sent", "final"),
        *("reconciled", "approved", "confirmed", "ok"),
    }
)
_NEVER_MOVED = frozenset(
    {
        *(
            "declined",
            "pending",
            "cancelled",
            "canceled",
            "failed",
            "failure",
            "rejected",
            "refused",
        ),
        *("void", "voided", "reverted", "authorised", "authorized", "authorisation", "on hold"),
        *("held", "scheduled", "upcoming", "expired", "blocked", "unsuccessful", "not completed"),
        *("in progress", "processing", "draft", "awaiting approval", "uncleared", "unposted"),
    }
)


class UnknownWord(ValueError):
    """A bank's word that we do not know; the message says what it decides."""


def direction(word: str) -> int:
    """Return 1 for money that came, -1 for money that went, and 0 for any other word."""
    plain = _plain(word)
    return 1 if plain in _IN else -1 if plain in _OUT else 0


def has_moved(word: str) -> bool:
    """Return whether a line's status says that it moved money. Raises UnknownWord."""
    plain = _plain(word)
    if not plain or plain in _SETTLED:
        return True
    if plain in _NEVER_MOVED:
        return False
    raise UnknownWord(f"We do not know whether “{word[:30]}” means that the payment went through.")


def never_moved(word: str) -> bool:
    """Return whether a word, wherever it stands, says that a line moved no money."""
    return _plain(word) in _NEVER_MOVED


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace(".", "").replace("_", " ").split())

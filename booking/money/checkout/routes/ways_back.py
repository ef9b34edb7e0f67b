"""The way back from paying: its address holds no secret, but the browser's session does.

It is kept encrypted, so that nobody who reads the table of sessions can open a private link.
"""

from flask import session

from booking.foundation.encryption import CannotDecrypt, field_keys

SESSION_KEY = "ways_back"
#: How many payments one browser may have in progress (several children, several days).
KEPT = 8


def keep(reference: str, token: str) -> None:
    """Remember which private link a payment was begun from."""
    others = [way for way in session.get(SESSION_KEY, []) if way[0] != reference]
    sealed = field_keys.encrypt(token.encode(), SESSION_KEY)
    session[SESSION_KEY] = [*others, [reference, sealed]][-KEPT:]


def find(reference: str) -> str | None:
    """Return the private link that this browser began a payment from."""
    for known, sealed in session.get(SESSION_KEY, []):
        if known == reference:
            try:
                return field_keys.decrypt(sealed, SESSION_KEY).decode()
            except CannotDecrypt:  # the key has since been replaced
                return None
    return None

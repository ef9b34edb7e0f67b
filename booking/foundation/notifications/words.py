"""How a mail is told apart from every other, wherever it gets to."""

import hashlib

from booking.foundation.notifications.models import Message


def message_id(message: Message, *, site: str, sender: str) -> str:
    """Return a mail's Message-ID: the same at each try, so that mail programs fold doubles.

    It is made from the mail's key and when it was queued; `site`, the address of the site, tells
    two networks with one sender apart. A hash, because a key may say whom the mail is about.
    """
    cause = f"{site} {message.key} {message.queued_at.isoformat()}"
    name = hashlib.sha256(cause.encode()).hexdigest()[:40]
    return f"<{name}@{sender.rpartition('@')[2].rstrip('> ')}>"


def masked(address: str) -> str:
    """Return an address as it may stand in a terminal or a log: "p…@home.example"."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"

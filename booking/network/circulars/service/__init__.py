"""What may be done with circulars: write, change, try, send, stop, discard."""

from booking.network.circulars.refusals import (
    AlreadySent,
    BadTime,
    CircularRefused,
    NoReaders,
    TooHeavy,
    TooSoon,
)
from booking.network.circulars.service.sending import address_due, send_collected, send_copies
from booking.network.circulars.service.writing import change, discard, send, stop, try_out, write

__all__ = [
    "AlreadySent",
    "BadTime",
    "CircularRefused",
    "NoReaders",
    "TooHeavy",
    "TooSoon",
    "address_due",
    "change",
    "discard",
    "send",
    "send_collected",
    "send_copies",
    "stop",
    "try_out",
    "write",
]

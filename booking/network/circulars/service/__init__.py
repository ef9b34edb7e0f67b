"""What may be done with circulars: write, change, try, send, stop, discard, keep templates."""

from booking.network.circulars.refusals import (
    AlreadySent,
    BadTime,
    CircularRefused,
    NoReaders,
    TooHeavy,
    TooManyTemplates,
    TooSoon,
)
from booking.network.circulars.service.forgetting import forget_parent
from booking.network.circulars.service.sending import address_due, send_collected, send_copies
from booking.network.circulars.service.templates import (
    change_template,
    delete_template,
    keep_template,
)
from booking.network.circulars.service.writing import change, discard, send, stop, try_out, write

__all__ = [
    "AlreadySent",
    "BadTime",
    "CircularRefused",
    "NoReaders",
    "TooHeavy",
    "TooManyTemplates",
    "TooSoon",
    "address_due",
    "change",
    "change_template",
    "delete_template",
    "discard",
    "forget_parent",
    "keep_template",
    "send",
    "send_collected",
    "send_copies",
    "stop",
    "try_out",
    "write",
]

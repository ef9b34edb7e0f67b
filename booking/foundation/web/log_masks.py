"""Keeps secrets that are part of an address out of the request logs."""

import logging
import re

from booking.foundation.web import addresses
from booking.foundation.web.headers import SECRET_PATHS

#: Loggers that write the address of each request.
ACCESS_LOGS = ("werkzeug", "gunicorn.access", "gunicorn.error")
#: The address of a private calendar is a secret too, though programs keep what it answers.
_PATHS = "|".join(map(re.escape, (*SECRET_PATHS, addresses.CALENDAR_FEED.prefix)))
_SECRET = re.compile(rf"({_PATHS})[A-Za-z0-9_-]{{8,}}")


class MaskSecrets(logging.Filter):
    """Writes three dots in place of a secret in an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the message; every record passes."""
        message = record.getMessage()
        masked = mask(message)
        if masked != message:
            record.msg, record.args = masked, None
        return True


def mask(text: str) -> str:
    """Return text with the secrets of its addresses masked."""
    return _SECRET.sub(r"\1…", text)


def install() -> None:
    """Mask secrets in every log of requests; once is enough."""
    for name in ACCESS_LOGS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, MaskSecrets) for each in logger.filters):
            logger.addFilter(MaskSecrets())

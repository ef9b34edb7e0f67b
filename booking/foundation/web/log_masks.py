"""Keeps secrets that are part of an address out of every log, however the address is spelt."""

import logging
import re
from urllib.parse import unquote

from booking.foundation.web import addresses
from booking.foundation.web.headers import SECRET_PATHS

#: Loggers that write the address of each request.
ACCESS_LOGS = ("werkzeug", "gunicorn.access", "gunicorn.error")
#: The address of a private feed is a secret too, though programs keep what it answers.
_FEEDS = (address.prefix for address in addresses.FEEDS)
_PATHS = "|".join(map(re.escape, (*SECRET_PATHS, *_FEEDS)))
#: How the address of a feed ends.
_FILE = r"\.(?:ics|atom)\b"
#: What follows one of them, to the end of that part of the address.
_SECRET = re.compile(rf"""({_PATHS})/*[^\s/?#&"'<>]{{8,}}?(?={_FILE}|[\s/?#&"'<>]|$)""", re.I)
#: The same once it has been decoded: a blank may then be part of it.
_DECODED = re.compile(rf"({_PATHS})/*[^/?#&]{{8,}}?(?={_FILE}|[/?#&]|$)", re.I)
#: Fields in which somebody types what they look for: it may be a child's name.
TYPED = ("q", "who")
_NAMES = "|".join(map(re.escape, TYPED))
_TYPED = re.compile(rf"""([?&](?:{_NAMES})=)[^\s&#"'<>]+""")
#: A word with a percent sign that stands for a character.
_ENCODED = re.compile(r"""[^\s"'<>]*%[0-9A-Fa-f]{2}[^\s"'<>]*""")
#: How often a word may have been encoded. Nothing of ours encodes more than twice.
TIMES_MAX = 6
#: What could end a line of a log, or a text within it.
_CONTROLS = re.compile(r"""[\x00-\x1f\x7f\x85\u2028\u2029"\\]""")


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
    """Return text with the secrets of its addresses masked, also where they are percent-encoded.

    What somebody has looked for is masked as well.
    """
    if "%" in text:
        text = _ENCODED.sub(_masked_word, text)
    return _TYPED.sub(r"\1…", _SECRET.sub(r"\1…", text))


def _masked_word(found: re.Match[str]) -> str:
    """Return a word as it stands, or decoded and masked if it has a secret."""
    word = plain = found[0]
    for _ in range(TIMES_MAX):
        decoded = unquote(plain)
        if decoded == plain:
            break
        plain = decoded
    masked = _DECODED.sub(r"\1…", plain)
    return word if masked == plain else _CONTROLS.sub(_spelt, masked)


def _spelt(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"


def install() -> None:
    """Mask secrets in every log of requests; once is enough."""
    for name in ACCESS_LOGS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, MaskSecrets) for each in logger.filters):
            logger.addFilter(MaskSecrets())

"""Letters from bytes: which of the encodings that schools and banks export a text is in.

Without a mark only these are met in this country: UTF-8, which proves itself; Windows-1252, from
every older program; MacRoman, from Excel for Mac; and seldom DOS (850), Excel’s “CSV (MS-DOS)”. The
last three admit any bytes, so the guess goes by which letters come out, and between which others:
“Müller” and “O’Brien” are like English names, “MŸller” and “OÕBrien” are not.
"""

import re
import unicodedata

from booking.foundation.tables.refusals import NoSuchChoice, NotATable

UNREADABLE = "\ufffd"
#: What a person can choose, and what it is called.
CHOICES = {
    "utf-8-sig": "UTF-8",
    "cp1252": "Windows (Western European)",
    "mac-roman": "Mac (MacRoman)",
    "cp850": "DOS (850)",
    "utf-16": "Unicode text (UTF-16)",
    "utf-16-le": "Unicode text (UTF-16 LE)",
    "utf-16-be": "Unicode text (UTF-16 BE)",
}
#: In the order in which a tie is decided.
_SINGLE_BYTE = ("cp1252", "mac-roman", "cp850")
_LETTERS = re.compile(r"[^\x00-\x7f]")
#: The accented letters of names and places here, the commonest ones first.
_COMMON, _SEEN = frozenset("éëèüöïóáíñçäøâß"), frozenset("åêôæœšžãõúàùìòîûýÿðþ")
_APOSTROPHE = "’"
_APART = frozenset("–—…“”‘’€£·•©®°½¼¾")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
#: More of them, and one in a hundred letters, and it is no text.
_CONTROLS_MAX = 20


def text_of(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text and the encoding it was read in. Raises NotATable or NoSuchChoice.

    Where single bytes fit nothing, UNREADABLE stands for them, so that only their record is lost.
    """
    if encoding is not None and encoding not in CHOICES:
        raise NoSuchChoice
    found = encoding or guessed(content)
    text = content.decode(found, errors="replace").removeprefix("\ufeff")
    if encoding is None and len(_CONTROL.findall(text)) > max(_CONTROLS_MAX, len(text) // 100):
        raise NotATable(
            "This file is not plain text. Save it as “CSV UTF-8” or as an Excel workbook (.xlsx) "
            "and choose that file."
        )
    return text, found


def guessed(content: bytes) -> str:
    """Return the encoding that a text is most likely in."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if (wide := _wide(content)) is not None:
        return wide
    if _is_mostly_utf8(content):
        return "utf-8-sig"
    texts = {name: content.decode(name, errors="replace") for name in _SINGLE_BYTE}
    return max(_SINGLE_BYTE, key=lambda name: _likeness(texts[name]))


def is_unreadable(text: str) -> bool:
    """Return whether some of a text's bytes stood for no letter."""
    return UNREADABLE in text or bool(_CONTROL.search(text))


def _wide(content: bytes) -> str | None:
    """Return which UTF-16 a text without its mark is: every second byte of English is zero."""
    some = content[:2000]
    half = len(some) // 2
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and some[start::2].count(0) > 0.4 * half > 4 * some[1 - start :: 2].count(0):
            return name
    return None


def _is_mostly_utf8(content: bytes) -> bool:
    """Return whether the bytes are UTF-8; a few broken ones cost their own record only."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
        broken = text.count(UNREADABLE)
        return len(_LETTERS.findall(text)) - broken > 2 * broken
    return True


def _likeness(text: str) -> int:
    """Return how much a text looks like English with names of all the world, in one number."""
    return sum(_fits(text, found.start()) for found in _LETTERS.finditer(text))


def _fits(text: str, at: int) -> int:
    """Return how well a letter fits between its neighbours."""
    here = text[at]
    before = text[max(at - 2, 0) : at].rjust(2)
    after = text[at + 1 : at + 2].ljust(1)
    joins = before[-1].isalpha() and after.isalpha()
    if here == _APOSTROPHE and joins:
        return 3
    if here.isalpha():
        return _known(here) if _stands_well(here, before, after) else -2
    if here in _APART:
        return 0 if joins else 1
    return -2 if here == UNREADABLE or unicodedata.category(here).startswith("C") else -1


def _known(letter: str) -> int:
    lower = letter.lower()
    return 3 if lower in _COMMON else 1 if lower in _SEEN else -1


def _stands_well(here: str, before: str, after: str) -> bool:
    """Return whether a letter is small among small ones, or a capital where one belongs."""
    if before[-1].isdigit() or after.isdigit():
        return False
    if here.islower():
        in_capitals = before[-1].isupper() and (before[0].isalpha() or not before[-1].isascii())
        return not after.isupper() and not in_capitals
    begins = not before[-1].isalpha() and after.islower()
    shouted = (before[-1].isupper() or not before[-1].isalpha()) and not after.islower()
    return begins or shouted

"""People's names as schools' own systems export them: tidied, split, shortened."""

import re
import unicodedata

#: Particles that belong to the surname after them.
_PARTICLES = frozenset(
    {
        *("al", "ap", "bin", "bint", "da", "dal", "de", "del", "della", "den", "der", "di"),
        *("dos", "du", "el", "ibn", "la", "le", "ten", "ter", "van", "von", "y"),
    }
)

#: Joiners that some scripts need inside a word; every other invisible character is dropped.
_JOINERS = "\u200c\u200d"
_SPACE = re.compile(r"\s+")


class NotAName(ValueError):
    """The text cannot be read as a person's name; the message tells the reader what to type."""


def tidy(text: str) -> str:
    """Drop control and invisible characters and join runs of white space.

    Among them are marks that change the direction of text, which could disguise what a list shows.
    """
    spaced = _SPACE.sub(" ", text)
    visible = "".join(character for character in spaced if _is_visible(character))
    joined = " ".join(unicodedata.normalize("NFC", visible).split())
    return " ".join(joined.strip(_JOINERS + " ").split())


def split_name(text: str) -> tuple[str, str]:
    """Read "Surname, Forename" or "Forename Surname" as (forename, surname).

    Without a comma the last word is the surname, with the particles before it ("van der Berg").
    A single word is a forename alone: some people have one name.
    """
    name = tidy(text)
    if "," in name:
        return _around_comma(name)
    words = name.split()
    if not words:
        raise NotAName("Enter a name.")
    start = max(len(words) - 1, 1)
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[start:])


def short(forename: str, surname: str) -> str:
    """Write a pupil's name for an e-mail: "Ada O.", which is enough for the pupil's own school."""
    return f"{forename} {_capital(surname).upper()}." if surname else forename


def _capital(surname: str) -> str:
    return next((letter for letter in surname if letter.isupper()), surname[:1])


def _around_comma(name: str) -> tuple[str, str]:
    surname, _, forename = (part.strip() for part in name.partition(","))
    if not surname or not forename or "," in forename:
        raise NotAName(f"Write “{name[:60]}” as Surname, Forename with one comma.")
    return forename, surname


def _is_visible(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"}

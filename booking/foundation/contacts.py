"""How to reach somebody: telephone numbers as E.164, e-mail addresses in one spelling."""

import re
from dataclasses import dataclass

import email_validator
import phonenumbers

#: RFC 5321 allows 254 characters in an address.
EMAIL_MAX = 254


class NotAPhone(ValueError):
    """The text is not a telephone number; the message says what to type."""


class NotAnEmail(ValueError):
    """The text is not an e-mail address; the message says what to type."""


@dataclass(frozen=True)
class FoundPhone:
    """A telephone number found in what somebody wrote, and what stood beside it."""

    e164: str
    extension: str = ""
    #: Words beside the number: "(mum)".
    words: str = ""
    #: Whether there was another number besides.
    has_more: bool = False


#: Numbers that Ofcom keeps for films and examples: nobody has them, and no table of valid ones has.
_EXAMPLES = re.compile(r"\+44(?:7700900|1632960)\d{3}")


def e164(text: str) -> str:
    """Read a number as typed in England and return it as "+441632960000".

    An empty text stays empty: not everybody leaves a number.
    """
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise _no_phone(text) from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise _no_phone(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_in(text: str) -> FoundPhone | None:
    """Return the first number in a text that somebody can have, or None.

    A number that merely has the right length is none: a wrong one reaches a stranger.
    """
    every = phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE)
    found = [match for match in every if _is_real(match.number)]
    if not found:
        return None
    first = found[0]
    words = " ".join(f"{text[: first.start]} {text[first.end :]}".split())
    return FoundPhone(
        phonenumbers.format_number(first.number, phonenumbers.PhoneNumberFormat.E164),
        first.number.extension or "",
        words,
        len(found) > 1,
    )


def _is_real(number: phonenumbers.PhoneNumber) -> bool:
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return phonenumbers.is_valid_number(number) or bool(_EXAMPLES.fullmatch(written))


def readable_phone(stored: str) -> str:
    """Show an E.164 number as people read it out: "01632 960000"."""
    try:
        number = phonenumbers.parse(stored, "GB")
    except phonenumbers.NumberParseException:
        return stored
    kind = phonenumbers.PhoneNumberFormat
    home = number.country_code == phonenumbers.country_code_for_region("GB")
    return phonenumbers.format_number(number, kind.NATIONAL if home else kind.INTERNATIONAL)


def tidy_phone(text: str) -> str:
    """Return a number as people read it out, whichever way it was typed; nothing stays "".

    Raises NotAPhone.
    """
    return readable_phone(e164(text))


def email_address(text: str) -> str:
    """Check the shape of an e-mail address and return it in lower case."""
    try:
        found = email_validator.validate_email(
            text.strip(), check_deliverability=False, test_environment=True
        )
    except email_validator.EmailNotValidError:
        shown = " ".join(text.split())[:60]
        raise NotAnEmail(
            f"“{shown}” is not an e-mail address. Write one such as sam.okoro@parents.example."
        ) from None
    return found.normalized.lower()


def _no_phone(text: str) -> NotAPhone:
    shown = " ".join(text.split())[:30]
    return NotAPhone(
        f"“{shown}” is not a telephone number. Write it with its area code, such as 01632 960001."
    )

"""How to reach somebody: telephone numbers as E.164, e-mail addresses in one spelling."""

import re
from dataclasses import dataclass
from email import errors, headerregistry
from email.utils import parseaddr

import email_validator
import phonenumbers
from flask import current_app, has_app_context

from booking.domain import mailboxes

#: RFC 5321 allows 254 characters in an address.
EMAIL_MAX = 254


#: Names that nobody can own (RFC 2606 and 6761), so no mail comes from or goes to them.
PRETEND_DOMAINS = ("example", "test", "invalid", "localhost", "example.com", "example.org")


class NotAPhone(ValueError):
    """The text is not a telephone number; the message says what to type."""


class NotAnEmail(ValueError):
    """No mail can be sent to this text; the message says what to type."""


class Unreachable(NotAnEmail):
    """The address has the right form, but no mail can ever reach its domain."""


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

#: Roughly an address: only its domain is looked at.
_ADDRESS = re.compile(r"[^@\s]+@([\w.-]+)")


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
    """Check that mail can be sent to an address, and return it in lower case. Raises NotAnEmail.

    No other server is asked: a mailbox may still not exist, which its mail server says later.
    """
    shown = " ".join(text.split())[:60]
    if _is_unreachable(text):
        raise Unreachable(
            f"No mail can ever reach “{shown}”, because no mailbox has an address that ends like "
            "this. Ask for the address again."
        )
    try:
        found = email_validator.validate_email(
            text.strip(), check_deliverability=False, strict=True
        )
    except email_validator.EmailNotValidError:
        raise NotAnEmail(
            f"“{shown}” is not an e-mail address. Write it in the right form, like "
            "name@school.example."
        ) from None
    if len(found.normalized) > EMAIL_MAX:
        raise NotAnEmail(f"Enter an e-mail address of at most {EMAIL_MAX} characters.")
    return found.normalized.lower()


def meant_address(email: str) -> str:
    """Return the address that was probably meant (“gmial.com”), to ask about it; or ""."""
    mailbox, _, domain = email.strip().lower().rpartition("@")
    meant = mailboxes.meant(domain)
    return f"{mailbox}@{meant}" if meant else ""


def mailbox(name: str, email: str) -> str:
    """Return an address with its owner's name, as a header of a mail has it; "" if it cannot be.

    Not every mail server passes on an address with letters beyond ASCII, and a mail must not fail
    because of whom its answer should reach.
    """
    if not email.isascii():
        return ""
    try:
        return str(headerregistry.Address(" ".join(name.split()), addr_spec=email))
    except (ValueError, errors.HeaderParseError):
        return ""


def _is_unreachable(text: str) -> bool:
    """Return whether a text has the form of an address, at a domain that no mail can reach."""
    found = _ADDRESS.fullmatch(text.strip())
    # Invented people have invented addresses; a real network has neither.
    invented_too = not has_app_context() or current_app.config["APP_ENV"] != "production"
    return found is not None and mailboxes.is_unreachable(found[1], but_invented=invented_too)


def _no_phone(text: str) -> NotAPhone:
    shown = " ".join(text.split())[:30]
    return NotAPhone(
        f"“{shown}” is not a telephone number. Write it with its area code, such as 01632 960001."
    )


def is_pretend(address: str) -> bool:
    """Return whether an address or a name of a machine is one that nobody can own."""
    domain = parseaddr(address)[1].rpartition("@")[2].rstrip(".").lower()
    return not domain or any(
        domain == name or domain.endswith(f".{name}") for name in PRETEND_DOMAINS
    )

"""Telephone numbers as people type them, read and written in one way."""

import phonenumbers


class NotAPhoneNumber(ValueError):
    """This is not a telephone number; the message says what one looks like."""


def tidy(text: str) -> str:
    """Return a British number as "020 7946 0018", a foreign one as "+33 1 …", nothing as "".

    Raises NotAPhoneNumber.
    """
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        raise NotAPhoneNumber(_ADVICE) from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise NotAPhoneNumber(_ADVICE)
    british = number.country_code == 44
    kind = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, kind.NATIONAL if british else kind.INTERNATIONAL)


_ADVICE = "Enter a telephone number with its area code, such as 01632 960100."

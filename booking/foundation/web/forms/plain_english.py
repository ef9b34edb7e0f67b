"""The form library's own messages, in plain English."""

from types import MappingProxyType


class PlainEnglish:
    """The library's messages for fields without a message of our own, in plain English."""

    WORDS = MappingProxyType(
        {
            "This field is required.": "This is required.",
            "Not a valid choice.": "Choose one of these.",
            "Invalid Choice: could not coerce.": "Choose one of these.",
            "Not a valid date value.": "Enter a date, such as 12/06/2026.",
            "Not a valid datetime value.": "Enter a date and a time, such as 12/06/2026 16:00.",
            "Not a valid time value.": "Enter a time, such as 09:15.",
            "Not a valid integer value.": "Enter a whole number, such as 12.",
            "Not a valid decimal value.": "Enter a number, such as 12.5.",
        }
    )

    def gettext(self, string: str) -> str:
        """Return our words for the library's, or the library's own if we have none."""
        return self.WORDS.get(string, string)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form of a message for a number."""
        return singular if count == 1 else plural

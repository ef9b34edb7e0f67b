"""Why a file as a whole cannot be read as a table; each message says what to do."""


class NotReadable(ValueError):
    """The file as a whole cannot be read; the message says what to do."""


class NothingInFile(NotReadable):
    """The file is empty, or has a header and no records."""


class FileTooLarge(NotReadable):
    """The file has more bytes than such a file needs, packed or unpacked."""


class TooManyRows(NotReadable):
    """The file has more records than such a file should."""


class TooManyColumns(NotReadable):
    """A row has more cells than any table that we read."""


class NotATable(NotReadable):
    """The file is something else: a PDF, an old workbook, a picture."""


class PasswordProtected(NotATable):
    """The workbook is encrypted, and only its owner can open it."""


class NoSuchChoice(NotReadable):
    """The file has no such sheet, or no such line for its header."""

    def __init__(self) -> None:
        super().__init__("This file cannot be read in the way you chose. Choose it again.")

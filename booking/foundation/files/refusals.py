"""Why a file is not taken, in words that say what to do."""


class FileNotTaken(ValueError):
    """The file cannot be kept as it is; the message says what to send instead."""

    field = "file"


class FileInfected(FileNotTaken):
    """The virus check found something in the file."""


class VirusCheckAway(FileNotTaken):
    """The virus check does not answer, so nothing is taken."""


class ShelfIsFull(ValueError):
    """The school's files would take up more than they may."""

    field = "file"


class TooManyFiles(ValueError):
    """The owner has as many files as anybody can find their way in."""

    field = "file"


class FileReplaced(ValueError):
    """The file has a newer version, or was deleted; only the newest can be changed."""


class NotAnAudience(ValueError):
    """The owner's files are not for these."""

    field = "audience"


class LabelWrong(ValueError):
    """The label is missing or too long."""

    field = "label"

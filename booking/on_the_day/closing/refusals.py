"""Why something cannot be done at the end of a day; str() is the sentence that people read."""


class ClosingRefused(ValueError):
    """The day cannot be closed now: it is not over, was never to be, or something is open."""


class AlreadyClosed(ClosingRefused):
    """Somebody has closed the day."""


class NotClosed(ValueError):
    """The day is open, or was opened again."""


class TooLateToReopen(ValueError):
    """The register can no longer be corrected, so the day stays closed."""


class ThingRefused(ValueError):
    """A lost thing cannot be listed like this."""

    field = ""

    def __init__(self, words: str, field: str = "") -> None:
        self.field = field
        super().__init__(words)


class ThingGone(ValueError):
    """Somebody has done something else with the thing meanwhile."""


class NothingReflected(ValueError):
    """The host wrote nothing at all."""

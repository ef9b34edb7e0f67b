"""What a rule refuses. Each message is the sentence that the person reads."""


class Refused(Exception):
    """A rule of allocation says no, and nothing was changed."""


class NoRound(Refused):
    """The places of this event are not shared by a round."""


class AlreadyRun(Refused):
    """The round of the event was run before; its result stands."""


class RequestsStillOpen(Refused):
    """Schools may still ask for places."""


class NothingAsked(Refused):
    """No school has asked for a place."""


class QuotasAbovePlaces(Refused):
    """The quotas come to more places than there are."""


class QuotaRefused(Refused):
    """The quota of one school cannot be set; `slug` says whose."""

    def __init__(self, message: str, slug: str) -> None:
        super().__init__(message)
        self.slug = slug

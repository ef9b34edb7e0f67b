"""What a rule refuses. Each message is the sentence that the person reads."""


class RoundRefused(Exception):
    """A rule of allocation forbids it, and nothing was changed."""


class NoRound(RoundRefused):
    """The places of this event are not shared by a round."""


class AlreadyRun(RoundRefused):
    """The round of the event has already been run; its result stands."""


class RequestsStillOpen(RoundRefused):
    """Schools may still ask for places."""


class NobodyAsked(RoundRefused):
    """No school has asked for a place."""


class QuotasAbovePlaces(RoundRefused):
    """The quotas add up to more places than there are."""


class QuotaRefused(RoundRefused):
    """The quota of one school cannot be set; `slug` says whose."""

    def __init__(self, message: str, slug: str) -> None:
        super().__init__(message)
        self.slug = slug

"""What a rule refuses. Each message is the sentence that the person reads."""


class Refused(Exception):
    """A rule of season plans says no, and nothing was changed."""


class PlanRefused(Refused):
    """A plan cannot be opened as written; `field` says what to put right."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class DeadlineRefused(Refused):
    """Wishes cannot close then."""


class NotOpen(Refused):
    """The plan was withdrawn, so nothing about it changes any more."""


class AlreadyAccepted(Refused):
    """The plan was accepted before; it stands."""


class WishesClosed(Refused):
    """The deadline for wishes has passed."""


class WishRefused(Refused):
    """The wishes of one pupil cannot be met together; `pupil` is the pupil's public id."""

    def __init__(self, message: str, pupil: str) -> None:
        super().__init__(message)
        self.pupil = pupil


class NothingWished(Refused):
    """No pupil has a wish that could be met."""


class NoSolver(Refused):
    """The part of Fairplace that works plans out is not installed."""


class NoProposal(Refused):
    """There is no proposal that could be accepted."""


class ChangedMeanwhile(Refused):
    """Wishes, events or places have changed since the proposal was worked out."""

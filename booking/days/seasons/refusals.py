"""What a rule refuses. Each message is the sentence that the person reads."""


class SeasonRefused(Exception):
    """A rule of season plans forbids it, and nothing was changed."""


class PlanRefused(SeasonRefused):
    """A plan cannot be opened like this; `field` says what to correct."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class DeadlineRefused(SeasonRefused):
    """Wishes cannot close at that time."""


class NotOpen(SeasonRefused):
    """The plan was withdrawn, so nothing about it can change any more."""


class AlreadyAccepted(SeasonRefused):
    """The plan has already been accepted; it stands."""


class WishesClosed(SeasonRefused):
    """The deadline for wishes has passed."""


class WishRefused(SeasonRefused):
    """One pupil's wishes cannot be met together; `pupil` is the pupil's public id."""

    def __init__(self, message: str, pupil: str) -> None:
        super().__init__(message)
        self.pupil = pupil


class NothingToPlan(SeasonRefused):
    """No pupil has a wish that could be met."""


class NoSolver(SeasonRefused):
    """The part of Fairplace that works plans out is not installed."""


class NoProposal(SeasonRefused):
    """There is no proposal that could be accepted."""


class ChangedMeanwhile(SeasonRefused):
    """Wishes, events or places have changed since the proposal was worked out."""
